import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isCritical } from '../facts.ts'
import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.13: cRLDistributionPoints should not be critical. */
export const crlDistributionPointsCritical: Rule<'crl-distribution-points-critical'> = {
  code: 'crl-distribution-points-critical',
  extensions: ['cRLDistributionPoints'],
  applies: always,
  check: (certificate) => breach(isCritical(certificate, EXTENSION_OIDS.cRLDistributionPoints)),
}
