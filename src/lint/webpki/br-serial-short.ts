import { always } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** BR §7.1.2: at least 64 bits from a random source. Randomness cannot be checked; too short a number can. */
export const brSerialShort: Rule<'br-serial-short'> = {
  code: 'br-serial-short',
  applies: always,
  check: ({ serialNumber }) => (serialNumber.length >= 8 ? [] : [{ octets: serialNumber.length }]),
}
