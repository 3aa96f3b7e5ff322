import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isCa, hasExtension } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.14: inhibitAnyPolicy is for certificates issued to CAs. */
export const inhibitAnyPolicyNotInCa: Rule<'inhibit-any-policy-not-in-ca'> = {
  code: 'inhibit-any-policy-not-in-ca',
  applies: (certificate) => hasExtension(certificate, EXTENSION_OIDS.inhibitAnyPolicy),
  check: (certificate) => breach(!isCa(certificate)),
}
