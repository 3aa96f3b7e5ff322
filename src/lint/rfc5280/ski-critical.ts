import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isCritical } from '../facts.ts'
import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.2: subjectKeyIdentifier is never critical. */
export const skiCritical: Rule<'ski-critical'> = {
  code: 'ski-critical',
  extensions: ['subjectKeyIdentifier'],
  applies: always,
  check: (certificate) => breach(isCritical(certificate, EXTENSION_OIDS.subjectKeyIdentifier)),
}
