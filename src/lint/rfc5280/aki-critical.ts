import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isCritical } from '../facts.ts'
import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.1: authorityKeyIdentifier is never critical. */
export const akiCritical: Rule<'aki-critical'> = {
  code: 'aki-critical',
  extensions: ['authorityKeyIdentifier'],
  applies: always,
  check: (certificate) => breach(isCritical(certificate, EXTENSION_OIDS.authorityKeyIdentifier)),
}
