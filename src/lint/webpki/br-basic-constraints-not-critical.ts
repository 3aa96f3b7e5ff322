import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isNonCritical } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** BR §7.1.2.7.6, §7.1.2.8.2: optional in an end-entity certificate, but critical if present. */
export const brBasicConstraintsNotCritical: Rule<'br-basic-constraints-not-critical'> = {
  code: 'br-basic-constraints-not-critical',
  extensions: ['basicConstraints'],
  applies: ({ basicConstraints }, { place }) => place === 'target' && basicConstraints !== null,
  check: (certificate) => breach(isNonCritical(certificate, EXTENSION_OIDS.basicConstraints)),
}
