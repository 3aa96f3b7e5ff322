import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isCritical } from '../facts.ts'
import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.2.2: subjectInfoAccess is never critical. */
export const subjectInfoAccessCritical: Rule<'subject-info-access-critical'> = {
  code: 'subject-info-access-critical',
  extensions: ['subjectInfoAccess'],
  applies: always,
  check: (certificate) => breach(isCritical(certificate, EXTENSION_OIDS.subjectInfoAccess)),
}
