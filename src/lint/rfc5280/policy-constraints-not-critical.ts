import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { hasExtension, isNonCritical } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.11: policyConstraints is critical. */
export const policyConstraintsNotCritical: Rule<'policy-constraints-not-critical'> = {
  code: 'policy-constraints-not-critical',
  applies: (certificate) => hasExtension(certificate, EXTENSION_OIDS.policyConstraints),
  check: (certificate) => breach(isNonCritical(certificate, EXTENSION_OIDS.policyConstraints)),
}
