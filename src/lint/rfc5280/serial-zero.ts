import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.1.2.2: the serial number is a positive integer. */
export const serialZero: Rule<'serial-zero'> = {
  code: 'serial-zero',
  applies: always,
  check: ({ serialNumber }) => breach(serialNumber.every((octet) => octet === 0)),
}
