import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isCa, hasExtension } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.10: nameConstraints is used only in a CA certificate. */
export const nameConstraintsNotInCa: Rule<'name-constraints-not-in-ca'> = {
  code: 'name-constraints-not-in-ca',
  applies: (certificate) => hasExtension(certificate, EXTENSION_OIDS.nameConstraints),
  check: (certificate) => breach(!isCa(certificate)),
}
