import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { hasExtension, isCritical } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.15: freshestCRL is never critical. */
export const freshestCrlCritical: Rule<'freshest-crl-critical'> = {
  code: 'freshest-crl-critical',
  applies: (certificate) => hasExtension(certificate, EXTENSION_OIDS.freshestCRL),
  check: (certificate) => breach(isCritical(certificate, EXTENSION_OIDS.freshestCRL)),
}
