import type { Rule } from '../rule.ts'

/** Fewer than 8 octets cannot hold 64 random bits, which protect against chosen-prefix collisions and reuse. */
export const serialLowEntropy: Rule<'serial-low-entropy'> = {
  code: 'serial-low-entropy',
  applies: ({ serialNumber }) => (serialNumber[0] ?? 0) < 0x80,
  check: ({ serialNumber }, { place }) =>
    place !== 'anchor' && serialNumber.length < 8 ? [{ octets: serialNumber.length }] : [],
}
