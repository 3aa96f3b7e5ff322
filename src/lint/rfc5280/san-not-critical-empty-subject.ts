import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { hasEmptySubject, isNonCritical } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.1.2.6, §4.2.1.6: with an empty subject, subjectAltName is critical. */
export const sanNotCriticalEmptySubject: Rule<'san-not-critical-empty-subject'> = {
  code: 'san-not-critical-empty-subject',
  applies: hasEmptySubject,
  check: (certificate) => breach(isNonCritical(certificate, EXTENSION_OIDS.subjectAltName)),
}
