import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { hasExtension, isCritical } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.7: issuerAltName should not be critical. */
export const ianCritical: Rule<'ian-critical'> = {
  code: 'ian-critical',
  applies: (certificate) => hasExtension(certificate, EXTENSION_OIDS.issuerAltName),
  check: (certificate) => breach(isCritical(certificate, EXTENSION_OIDS.issuerAltName)),
}
