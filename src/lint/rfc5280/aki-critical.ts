import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { hasExtension, isCritical } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.1: authorityKeyIdentifier is never critical. */
export const akiCritical: Rule<'aki-critical'> = {
  code: 'aki-critical',
  applies: (certificate) => hasExtension(certificate, EXTENSION_OIDS.authorityKeyIdentifier),
  check: (certificate) => breach(isCritical(certificate, EXTENSION_OIDS.authorityKeyIdentifier)),
}
