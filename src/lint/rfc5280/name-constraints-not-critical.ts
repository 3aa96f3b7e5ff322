import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { hasExtension, isNonCritical } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.10: nameConstraints is critical. */
export const nameConstraintsNotCritical: Rule<'name-constraints-not-critical'> = {
  code: 'name-constraints-not-critical',
  applies: (certificate) => hasExtension(certificate, EXTENSION_OIDS.nameConstraints),
  check: (certificate) => breach(isNonCritical(certificate, EXTENSION_OIDS.nameConstraints)),
}
