import type { Rule } from '../rule.ts'
import { publicTlsLimit, validityDays } from '../validity.ts'
import { isSubscriber } from './kinds.ts'

/** BR §6.3.2: both ends count, and each second over a whole number of days counts as another day. */
export const brValidityTooLong: Rule<'br-validity-too-long'> = {
  code: 'br-validity-too-long',
  applies: isSubscriber,
  check: ({ notBefore, notAfter }) => {
    const limit = publicTlsLimit(notBefore)?.days
    const days = validityDays(notBefore, notAfter)
    return limit === undefined || days <= limit ? [] : [{ days, limit }]
  },
}
