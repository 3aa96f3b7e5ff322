import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isCritical } from '../facts.ts'
import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.7: issuerAltName should not be critical. */
export const ianCritical: Rule<'ian-critical'> = {
  code: 'ian-critical',
  extensions: ['issuerAltName'],
  applies: always,
  check: (certificate) => breach(isCritical(certificate, EXTENSION_OIDS.issuerAltName)),
}
