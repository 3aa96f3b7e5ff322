import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isNonCritical } from '../facts.ts'
import { isCa } from '../../x509/roles.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.9: in a CA certificate whose key verifies certificates, basicConstraints is critical. */
export const basicConstraintsNotCritical: Rule<'basic-constraints-not-critical'> = {
  code: 'basic-constraints-not-critical',
  extensions: ['basicConstraints'],
  applies: (certificate) => isCa(certificate) && certificate.keyUsage?.has('keyCertSign') !== false,
  check: (certificate) => breach(isNonCritical(certificate, EXTENSION_OIDS.basicConstraints)),
}
