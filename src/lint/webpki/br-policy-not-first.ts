import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { isReservedPolicy, validationsOf } from './kinds.ts'

/** BR §7.1.2.7.9, §7.1.2.10.5: it is recommended, not required, to be first. */
export const brPolicyNotFirst: Rule<'br-policy-not-first'> = {
  code: 'br-policy-not-first',
  extensions: ['certificatePolicies'],
  applies: (certificate, { place }) => place !== 'anchor' && validationsOf(certificate).length > 0,
  check: ({ certificatePolicies }) => breach(!isReservedPolicy(certificatePolicies?.[0]?.oid ?? '')),
}
