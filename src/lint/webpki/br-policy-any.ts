import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { isSubscriber } from './kinds.ts'
import { POLICY_OIDS } from '../../x509/oids.ts'

/** BR §7.1.2.7.9: anyPolicy is not present in a server certificate. */
export const brPolicyAny: Rule<'br-policy-any'> = {
  code: 'br-policy-any',
  extensions: ['certificatePolicies'],
  applies: (certificate, context) =>
    isSubscriber(certificate, context) && certificate.certificatePolicies !== null,
  check: ({ certificatePolicies }) =>
    breach(certificatePolicies?.some(({ oid }) => oid === POLICY_OIDS.anyPolicy) ?? false),
}
