import { expect, test } from 'vitest'
import { addressText, callRow } from '../../../src/ui/parts/names.ts'
import { shorten, toBase64 } from '../../../src/ui/parts/shorten.ts'

const octets = (...values: number[]): Uint8Array => Uint8Array.from(values)
const ipv6 = (...groups: number[]): Uint8Array =>
  Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 255]))

test('addresses are written as RFC 5952 says, with their masks', () => {
  expect(addressText(octets(10, 0, 0, 1))).toBe('10.0.0.1')
  expect(addressText(octets(10, 0, 0, 0, 255, 0, 0, 0))).toBe('10.0.0.0/8')
  expect(addressText(octets(10, 0, 0, 0, 255, 0, 255, 0))).toBe('10.0.0.0/255.0.255.0')
  expect(addressText(ipv6(0x2001, 0xdb8, 0, 0, 1, 0, 0, 1))).toBe('2001:db8::1:0:0:1')
  expect(addressText(ipv6(0, 0, 0, 0, 0, 0, 0, 1))).toBe('::1')
  expect(addressText(ipv6(0, 0, 0, 0, 0, 0, 0, 0))).toBe('::')
  expect(addressText(octets(1, 2, 3))).toBe('#010203')
})

test('a certificate without a subject is called by its first name, a sealed one by none', () => {
  expect(callRow({ commonName: '', subject: '', subjectAltNames: ['DNS:a.example', 'DNS:b.example'] })).toBe(
    'a.example',
  )
  expect(callRow({ commonName: null, subject: 'O=Example', subjectAltNames: [] })).toBe('O=Example')
  expect(callRow({ commonName: null, subject: null })).toBe(null)
})

test('hex is shortened in the middle, and a megabyte becomes base64', () => {
  expect(shorten('0123456789abcdef0123')).toBe('01234567…ef0123')
  expect(shorten('0123')).toBe('0123')
  expect(toBase64(new Uint8Array(1_000_000))).toHaveLength(1_333_336)
})
