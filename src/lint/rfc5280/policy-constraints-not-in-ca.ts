import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isCa, hasExtension } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.11: policyConstraints is for certificates issued to CAs. */
export const policyConstraintsNotInCa: Rule<'policy-constraints-not-in-ca'> = {
  code: 'policy-constraints-not-in-ca',
  applies: (certificate) => hasExtension(certificate, EXTENSION_OIDS.policyConstraints),
  check: (certificate) => breach(!isCa(certificate)),
}
