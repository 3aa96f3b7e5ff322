import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.1.2.2: the serial number is a positive integer. */
export const serialNegative: Rule<'serial-negative'> = {
  code: 'serial-negative',
  applies: always,
  check: ({ serialNumber }) => breach((serialNumber[0] ?? 0) >= 0x80),
}
