import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEAL_WORDS } from '../../../src/messages/seal-words.ts'
import { drawSeal, sealWords } from '../../../src/ui/certificate/key-seal.ts'

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 })

test('there is one word for each value of an octet, and no word twice', () => {
  expect(SEAL_WORDS).toHaveLength(256)
  expect(new Set(SEAL_WORDS).size).toBe(256)
})

test('the same key has the same seal and the same words', () => {
  fc.assert(
    fc.property(hash, (octets) => {
      expect(drawSeal(octets)).toEqual(drawSeal(octets.slice()))
      expect(sealWords(octets).split(' ')).toHaveLength(4)
    }),
  )
})

test('a bit that the drawing uses changes the drawing', () => {
  fc.assert(
    fc.property(
      hash,
      fc.integer({ min: 12, max: 15 }),
      fc.integer({ min: 0, max: 7 }),
      (octets, index, bit) => {
        const other = octets.slice()
        other[index] = other[index]! ^ (1 << bit)
        expect(drawSeal(other)).not.toEqual(drawSeal(octets))
      },
    ),
  )
})
