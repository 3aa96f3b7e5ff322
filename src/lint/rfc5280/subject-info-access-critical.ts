import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { hasExtension, isCritical } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.2.2: subjectInfoAccess is never critical. */
export const subjectInfoAccessCritical: Rule<'subject-info-access-critical'> = {
  code: 'subject-info-access-critical',
  applies: (certificate) => hasExtension(certificate, EXTENSION_OIDS.subjectInfoAccess),
  check: (certificate) => breach(isCritical(certificate, EXTENSION_OIDS.subjectInfoAccess)),
}
