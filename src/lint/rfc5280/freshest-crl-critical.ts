import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isCritical } from '../facts.ts'
import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.15: freshestCRL is never critical. */
export const freshestCrlCritical: Rule<'freshest-crl-critical'> = {
  code: 'freshest-crl-critical',
  extensions: ['freshestCRL'],
  applies: always,
  check: (certificate) => breach(isCritical(certificate, EXTENSION_OIDS.freshestCRL)),
}
