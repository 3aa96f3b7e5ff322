import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isCritical } from '../facts.ts'
import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.2.1: authorityInfoAccess is never critical. */
export const authorityInfoAccessCritical: Rule<'authority-info-access-critical'> = {
  code: 'authority-info-access-critical',
  extensions: ['authorityInfoAccess'],
  applies: always,
  check: (certificate) => breach(isCritical(certificate, EXTENSION_OIDS.authorityInfoAccess)),
}
