import { isCa } from '../../x509/roles.ts'
import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.10: nameConstraints is used only in a CA certificate. */
export const nameConstraintsNotInCa: Rule<'name-constraints-not-in-ca'> = {
  code: 'name-constraints-not-in-ca',
  extensions: ['nameConstraints'],
  applies: always,
  check: (certificate) => breach(!isCa(certificate)),
}
