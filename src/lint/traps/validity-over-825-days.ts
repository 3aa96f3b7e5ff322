import { validityDays } from '../validity.ts'
import { isServer } from '../facts.ts'
import type { Rule } from '../rule.ts'

/** Apple refuses server certificates valid for more than 825 days, from any issuer. */
export const validityOver825Days: Rule<'validity-over-825-days'> = {
  code: 'validity-over-825-days',
  applies: isServer,
  check: ({ notBefore, notAfter }) => {
    const days = validityDays(notBefore, notAfter)
    return days > 825 ? [{ days }] : []
  },
}
