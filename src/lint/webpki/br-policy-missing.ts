import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { isSubscriber } from './kinds.ts'

/** BR §7.1.2.7.9: one of the CA/B Forum's own identifiers, EV among them, says by which rules a certificate was issued. */
const RESERVED = new Set(['2.23.140.1.1', '2.23.140.1.2.1', '2.23.140.1.2.2', '2.23.140.1.2.3'])

export const brPolicyMissing: Rule<'br-policy-missing'> = {
  code: 'br-policy-missing',
  applies: isSubscriber,
  check: ({ certificatePolicies }) => breach(!certificatePolicies?.some(({ oid }) => RESERVED.has(oid))),
}
