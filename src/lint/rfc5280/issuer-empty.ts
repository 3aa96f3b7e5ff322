import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.1.2.4: the issuer has a non-empty distinguished name. */
export const issuerEmpty: Rule<'issuer-empty'> = {
  code: 'issuer-empty',
  applies: always,
  check: ({ issuer }) => breach(issuer.rdns.length === 0),
}
