import { expect, test } from 'vitest'
import { HIDDEN_CHARACTER } from '../../../src/lint/name-attributes.ts'
import { hasFalseALabel } from '../../../src/x509/domain-name.ts'
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

const HIDDEN = [
  ...[0x07, 0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x180e, 0x200b, 0x202e, 0x2028, 0x2029, 0x2066],
  ...[0x3164, 0xfe0f, 0xfeff, 0xffa0, 0xe0001, 0xe007f, 0xe0100, 0xa0, 0x2003, 0x3000],
]
test.each(HIDDEN)('U+%i is not seen', (codePoint) => {
  expect(HIDDEN_CHARACTER.exec(`a${String.fromCodePoint(codePoint)}b`)?.index).toBe(1)
})
test.each(['Jürgen Müller', '東京 認証局', 'Ελλάς', 'سازمان', 'e\u0301', '🔒'])('%j is seen', (text) => {
  expect(HIDDEN_CHARACTER.test(text)).toBe(false)
})

test.each([
  ['xn--bcher-kva.example', false],
  ['*.XN--BCHER-KVA.example', false],
  ['a_b.example', false],
  ['xn--jrigrg-xn.example', true],
  ['xn--12311613412431243.com', true],
  ['example.xn--', true],
])('%j has a label that is no A-label: %s', (name, expected) => {
  expect(hasFalseALabel(name)).toBe(expected)
})
