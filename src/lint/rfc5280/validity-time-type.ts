import { timeType } from '../../der/time.ts'
import { always, breaches } from '../rule.ts'
import type { Rule } from '../rule.ts'

const ENDS = ['notBefore', 'notAfter'] as const

/** §4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050 on. */
export const validityTimeType: Rule<'validity-time-type'> = {
  code: 'validity-time-type',
  applies: always,
  check: (certificate) =>
    breaches(ENDS, (field) => {
      const date = certificate[field]
      const type = certificate.timeTypes[field]
      return type === timeType(date) ? null : { field, date, type }
    }),
}
