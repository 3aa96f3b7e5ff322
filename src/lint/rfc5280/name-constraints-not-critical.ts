import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isNonCritical } from '../facts.ts'
import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.10: nameConstraints is critical. */
export const nameConstraintsNotCritical: Rule<'name-constraints-not-critical'> = {
  code: 'name-constraints-not-critical',
  extensions: ['nameConstraints'],
  applies: always,
  check: (certificate) => breach(isNonCritical(certificate, EXTENSION_OIDS.nameConstraints)),
}
