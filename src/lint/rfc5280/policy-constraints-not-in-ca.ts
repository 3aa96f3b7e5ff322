import { isCa } from '../../x509/roles.ts'
import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.11: policyConstraints is for certificates issued to CAs. */
export const policyConstraintsNotInCa: Rule<'policy-constraints-not-in-ca'> = {
  code: 'policy-constraints-not-in-ca',
  extensions: ['policyConstraints'],
  applies: always,
  check: (certificate) => breach(!isCa(certificate)),
}
