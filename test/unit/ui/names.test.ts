import { expect, test } from 'vitest'
import { callRow } from '../../../src/x509/row-name.ts'
import { shorten } from '../../../src/ui/shared/shorten.ts'
import { toBase64 } from '../../../src/octets.ts'

test('a certificate without a subject is called by its first name, a sealed one by none', () => {
  expect(callRow({ commonName: '', subject: '', subjectAltNames: ['DNS:a.example', 'DNS:b.example'] })).toBe(
    'a.example',
  )
  expect(callRow({ commonName: null, subject: 'O=Example', subjectAltNames: [] })).toBe('O=Example')
  expect(callRow({ commonName: null, subject: 'O=Example', subjectAltNames: ['IP:192.0.2.1'] })).toBe(
    '192.0.2.1',
  )
  expect(callRow({ commonName: null, subject: '', subjectAltNames: ['dirName:CN=Ada'] })).toBe(
    'dirName:CN=Ada',
  )
  expect(callRow({ commonName: null, subject: null })).toBe(null)
})

test('hex is shortened in the middle, and a megabyte becomes base64', () => {
  expect(shorten('0123456789abcdef0123')).toBe('01234567…ef0123')
  expect(shorten('0123')).toBe('0123')
  expect(toBase64(new Uint8Array(1_000_000))).toHaveLength(1_333_336)
})
