import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isNonCritical } from '../facts.ts'
import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.5: policyMappings should be critical. */
export const policyMappingsNotCritical: Rule<'policy-mappings-not-critical'> = {
  code: 'policy-mappings-not-critical',
  extensions: ['policyMappings'],
  applies: always,
  check: (certificate) => breach(isNonCritical(certificate, EXTENSION_OIDS.policyMappings)),
}
