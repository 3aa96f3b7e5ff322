import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { hasEmptySubject, isCritical } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.6: with a non-empty subject, subjectAltName should not be critical. */
export const sanCriticalWithSubject: Rule<'san-critical-with-subject'> = {
  code: 'san-critical-with-subject',
  applies: (certificate) => !hasEmptySubject(certificate),
  check: (certificate) => breach(isCritical(certificate, EXTENSION_OIDS.subjectAltName)),
}
