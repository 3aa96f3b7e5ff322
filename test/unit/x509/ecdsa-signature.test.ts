import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ecdsaFromRaw, ecdsaToRaw } from '../../../src/x509/ecdsa-signature.ts'
import { hex, toHex } from '../../support/bytes.ts'

test('r‖s and ECDSA-Sig-Value are the same number pair (RFC 3279 §2.2.3)', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), (raw) => {
      expect(ecdsaToRaw(ecdsaFromRaw(raw), 32)).toEqual(raw)
    }),
  )
})

test.each([
  ['a negative r', '3006 020181 020101'],
  ['a padded r', '3007 02020001 020101'],
  ['a non-minimal length', '308106 020101 020101'],
  ['the indefinite form', '3080 020101 020101 0000'],
  ['a third number', '3009 020101 020101 020101'],
  ['octets behind', '3006 020101 020101 00'],
  ['a missing s', '3003 020101'],
  ['nothing', ''],
])('%s is no signature', (_what, der) => {
  expect(ecdsaToRaw(hex(der), 32)).toBeNull()
})

test('an r longer than the order is no signature', () => {
  expect(ecdsaToRaw(hex('3026 0221' + '01'.repeat(33) + '020101'), 32)).toBeNull()
  expect(toHex(ecdsaToRaw(hex('3025 0220' + '01'.repeat(32) + '020101'), 32)!)).toBe(
    '01'.repeat(32) + '00'.repeat(31) + '01',
  )
})
