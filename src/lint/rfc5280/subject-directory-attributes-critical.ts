import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { hasExtension, isCritical } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.8: subjectDirectoryAttributes is never critical. */
export const subjectDirectoryAttributesCritical: Rule<'subject-directory-attributes-critical'> = {
  code: 'subject-directory-attributes-critical',
  applies: (certificate) => hasExtension(certificate, EXTENSION_OIDS.subjectDirectoryAttributes),
  check: (certificate) => breach(isCritical(certificate, EXTENSION_OIDS.subjectDirectoryAttributes)),
}
