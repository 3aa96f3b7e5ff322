import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isCritical } from '../facts.ts'
import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.8: subjectDirectoryAttributes is never critical. */
export const subjectDirectoryAttributesCritical: Rule<'subject-directory-attributes-critical'> = {
  code: 'subject-directory-attributes-critical',
  extensions: ['subjectDirectoryAttributes'],
  applies: always,
  check: (certificate) => breach(isCritical(certificate, EXTENSION_OIDS.subjectDirectoryAttributes)),
}
