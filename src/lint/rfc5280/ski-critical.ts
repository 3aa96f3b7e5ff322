import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { hasExtension, isCritical } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.2: subjectKeyIdentifier is never critical. */
export const skiCritical: Rule<'ski-critical'> = {
  code: 'ski-critical',
  applies: (certificate) => hasExtension(certificate, EXTENSION_OIDS.subjectKeyIdentifier),
  check: (certificate) => breach(isCritical(certificate, EXTENSION_OIDS.subjectKeyIdentifier)),
}
