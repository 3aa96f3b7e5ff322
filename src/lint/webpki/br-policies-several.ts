import type { Rule } from '../rule.ts'
import { isSubscriber, validationsOf } from './kinds.ts'

/** BR §7.1.2.7.9: exactly one reserved identifier; br-policy-missing checks that there is one. */
export const brPoliciesSeveral: Rule<'br-policies-several'> = {
  code: 'br-policies-several',
  extensions: ['certificatePolicies'],
  applies: (certificate, context) =>
    certificate.certificatePolicies !== null && isSubscriber(certificate, context),
  check: (certificate) => {
    const count = validationsOf(certificate).length
    return count > 1 ? [{ count }] : []
  },
}
