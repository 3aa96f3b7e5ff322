import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isNonCritical } from '../facts.ts'
import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.14: inhibitAnyPolicy is critical. */
export const inhibitAnyPolicyNotCritical: Rule<'inhibit-any-policy-not-critical'> = {
  code: 'inhibit-any-policy-not-critical',
  extensions: ['inhibitAnyPolicy'],
  applies: always,
  check: (certificate) => breach(isNonCritical(certificate, EXTENSION_OIDS.inhibitAnyPolicy)),
}
