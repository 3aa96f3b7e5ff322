import { timeType } from '../../der/time.ts'
import { always } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050 on. */
export const validityTimeType: Rule<'validity-time-type'> = {
  code: 'validity-time-type',
  applies: always,
  check: ({ notBefore, notAfter, timeTypes }) => [
    ...(timeTypes.notBefore === timeType(notBefore)
      ? []
      : [{ field: 'notBefore' as const, date: notBefore, type: timeTypes.notBefore }]),
    ...(timeTypes.notAfter === timeType(notAfter)
      ? []
      : [{ field: 'notAfter' as const, date: notAfter, type: timeTypes.notAfter }]),
  ],
}
