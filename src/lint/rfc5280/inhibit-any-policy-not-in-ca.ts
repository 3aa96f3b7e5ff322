import { isCa } from '../../x509/roles.ts'
import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.14: inhibitAnyPolicy is for certificates issued to CAs. */
export const inhibitAnyPolicyNotInCa: Rule<'inhibit-any-policy-not-in-ca'> = {
  code: 'inhibit-any-policy-not-in-ca',
  extensions: ['inhibitAnyPolicy'],
  applies: always,
  check: (certificate) => breach(!isCa(certificate)),
}
