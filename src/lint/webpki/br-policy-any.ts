import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { isSubscriber } from './kinds.ts'

/** BR §7.1.2.7.9: anyPolicy is not present in a server certificate. */
export const brPolicyAny: Rule<'br-policy-any'> = {
  code: 'br-policy-any',
  extensions: ['certificatePolicies'],
  applies: (certificate, context) =>
    isSubscriber(certificate, context) && certificate.certificatePolicies !== null,
  check: ({ certificatePolicies }) =>
    breach(certificatePolicies?.some(({ oid }) => oid === '2.5.29.32.0') ?? false),
}
