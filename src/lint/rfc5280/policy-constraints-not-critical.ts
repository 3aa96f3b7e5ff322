import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isNonCritical } from '../facts.ts'
import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.11: policyConstraints is critical. */
export const policyConstraintsNotCritical: Rule<'policy-constraints-not-critical'> = {
  code: 'policy-constraints-not-critical',
  extensions: ['policyConstraints'],
  applies: always,
  check: (certificate) => breach(isNonCritical(certificate, EXTENSION_OIDS.policyConstraints)),
}
