import { always } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.1.2.2: at most 20 octets, the sign bit included: 160 random bits with the top one set make 21. */
export const serialTooLong: Rule<'serial-too-long'> = {
  code: 'serial-too-long',
  applies: always,
  check: ({ serialNumber }) => (serialNumber.length > 20 ? [{ octets: serialNumber.length }] : []),
}
