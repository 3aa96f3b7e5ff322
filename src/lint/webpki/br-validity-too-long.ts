import type { Rule } from '../rule.ts'
import { isSubscriber } from './kinds.ts'
import { DAY } from '../../time.ts'

/** BR §6.3.2 and its earlier versions: days allowed for a server certificate issued on or after each date. */
const LIMITS: readonly (readonly [from: string, days: number])[] = [
  ['2029-03-15', 47],
  ['2027-03-15', 100],
  ['2026-03-15', 200],
  ['2020-09-01', 398],
  ['2018-03-01', 825],
  ['2015-04-01', 1187], // 39 months
  ['2012-07-01', 1827], // 60 months
]

/** BR §6.3.2: both ends count, and each second over a whole number of days counts as another day. */
export const brValidityTooLong: Rule<'br-validity-too-long'> = {
  code: 'br-validity-too-long',
  applies: isSubscriber,
  check: ({ notBefore, notAfter }) => {
    const limit = LIMITS.find(([from]) => notBefore >= new Date(`${from}T00:00:00Z`))?.[1]
    const days = Math.ceil((notAfter.getTime() - notBefore.getTime() + 1000) / DAY)
    return limit === undefined || days <= limit ? [] : [{ days, limit }]
  },
}
