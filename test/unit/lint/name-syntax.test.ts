import { expect, test } from 'vitest'
import {
  isDnsName,
  isIpv4Text,
  isIpv6Text,
  isMailbox,
  uriFault,
  uriHost,
} from '../../../src/lint/name-syntax.ts'

test.each([
  ['example.com', true],
  ['3com.com', true],
  ['*.example.com', true],
  ['localhost', true],
  [`${'a'.repeat(63)}.com`, true],
  [`${'a'.repeat(64)}.com`, false],
  [`${'a.'.repeat(126)}ab`, false],
  ['a..b', false],
  ['-a.example', false],
  ['a-.example', false],
  ['a_b.example', false],
  ['a.*.example', false],
  ['*', false],
  ['', false],
])('a host name by RFC 1034 §3.5: %j is %s', (name, expected) => {
  expect(isDnsName(name)).toBe(expected)
})

test.each([
  ['a@example.com', true],
  ['a.b+c@example.com', true],
  ['"a b"@example.com', true],
  ['a@[10.0.0.1]', true],
  ['a@example.com ', false],
  ['A <a@example.com>', false],
  ['a..b@example.com', false],
  ['@example.com', false],
  ['a@', false],
  [`${'a'.repeat(65)}@example.com`, false],
])('a Mailbox by RFC 5321 §4.1.2: %j is %s', (text, expected) => {
  expect(isMailbox(text)).toBe(expected)
})

test.each([
  ['http://example.com/a?b#c', null],
  ['http://user@example.com:8080/', null],
  ['http://[2001:db8::1]/', null],
  ['urn:uuid:f81d4fae', null],
  ['spiffe://example.com/a', null],
  ['http:', 'relative'],
  ['/a/b', 'relative'],
  ['//example.com', 'relative'],
  ['http://exa mple.com', 'syntax'],
  ['http://example.com/%zz', 'syntax'],
  ['', 'syntax'],
  ['http:///a', 'host'],
  ['http://a_b/', 'host'],
])('a URI by RFC 3986: what is wrong with %j is %s', (text, expected) => {
  expect(uriFault(text)).toBe(expected)
})

test('hosts and addresses are told apart', () => {
  expect(uriHost('http://u:p@Example.com:1/a@b')).toBe('Example.com')
  expect(uriHost('urn:a')).toBeNull()
  expect(['10.0.0.1', '255.255.255.255'].every(isIpv4Text)).toBe(true)
  expect(['10.0.0', '10.0.0.256', '1.2.3.4.5', '1.2.3.example'].some(isIpv4Text)).toBe(false)
  expect(['::1', '2001:db8::1', '[::1]', '::ffff:10.0.0.1'].every(isIpv6Text)).toBe(true)
  expect(['a:b', 'example.com', 'cafe'].some(isIpv6Text)).toBe(false)
})
