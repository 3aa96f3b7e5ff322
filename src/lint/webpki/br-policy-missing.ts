import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { isSubscriber } from './kinds.ts'
import { BR_POLICY_OIDS } from '../../x509/oids.ts'

/**
 * BR §7.1.2.7.9: one of the CA/B Forum's own identifiers, including EV, states the rules a certificate was issued
 * under.
 */
const RESERVED = new Set<string>(Object.values(BR_POLICY_OIDS))

export const brPolicyMissing: Rule<'br-policy-missing'> = {
  code: 'br-policy-missing',
  applies: isSubscriber,
  check: ({ certificatePolicies }) => breach(!certificatePolicies?.some(({ oid }) => RESERVED.has(oid))),
}
