import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isCritical } from '../facts.ts'
import { breach, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** RFC 6960 §4.2.2.2.1: id-pkix-ocsp-nocheck should not be critical. */
export const ocspNoCheckCritical: Rule<'ocsp-no-check-critical'> = {
  code: 'ocsp-no-check-critical',
  applies: readable('ocspNoCheck'),
  check: (certificate) => breach(isCritical(certificate, EXTENSION_OIDS.ocspNoCheck)),
}
