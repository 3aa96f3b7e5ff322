import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBase91, toBase91 } from '../../src/packs/base91.ts'

test('octets of any length come back, in letters that mean nothing in HTML', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
      const text = toBase91(octets)
      expect(text).toMatch(/^[!#-%'-;=-~]*$/)
      expect(text.length).toBeLessThanOrEqual(Math.ceil((octets.length * 16) / 13) + 1)
      expect(fromBase91(text)).toEqual(octets)
    }),
  )
})

test('every text is the only one of its octets, or is refused', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), (text) => {
      const octets = fromBase91(text)
      if (octets) expect(toBase91(octets)).toBe(text)
    }),
    { numRuns: 20_000 },
  )
  // Too much for a pair, too much for the last, bits that no octet has, a letter of another script.
  for (const text of ['~~', '~', '!~', '!!é!']) expect(fromBase91(text)).toBeNull()
})
