import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBase45, toBase45 } from '../../../src/qr/base45.ts'
import { utf8 } from '../../../src/octets.ts'

test.each([
  ['AB', 'BB8'],
  ['Hello!!', '%69 VD92EX0'],
  ['base-45', 'UJCLQE7W581'],
  ['ietf!', 'QED8WEX0'],
])('%s is written as in RFC 9285', (text, written) => {
  expect(toBase45(utf8(text))).toBe(written)
  expect(fromBase45(written)).toEqual(utf8(text))
})

test.each([
  ['a length that no octets have', 'BB8A'],
  ['a pair above 65,535', 'GGX'],
  ['three characters at their largest', ':::'],
  ['a last octet above 255', '::'],
  ['a small letter', 'bb8'],
  ['a character outside of the code', 'B!8'],
])('%s is refused', (_what, text) => {
  expect(fromBase45(text)).toBeNull()
})

test('any octets come back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
      expect([...fromBase45(toBase45(octets))!]).toEqual([...octets])
    }),
  )
})
