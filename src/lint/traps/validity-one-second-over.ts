import { LIMIT_DAYS } from '../validity.ts'
import { DAY } from '../../time.ts'
import { isServer } from '../facts.ts'
import type { Rule } from '../rule.ts'

/** The validity includes both ends: notBefore plus exactly 398 days is one second more than 398 days. */
export const validityOneSecondOver: Rule<'validity-one-second-over'> = {
  code: 'validity-one-second-over',
  applies: isServer,
  check: ({ notBefore, notAfter }) => {
    const days = (notAfter.getTime() - notBefore.getTime()) / DAY
    return LIMIT_DAYS.has(days) ? [{ days }] : []
  },
}
