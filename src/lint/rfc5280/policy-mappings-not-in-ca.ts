import { isCa } from '../../x509/roles.ts'
import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.5: policyMappings is used in CA certificates. */
export const policyMappingsNotInCa: Rule<'policy-mappings-not-in-ca'> = {
  code: 'policy-mappings-not-in-ca',
  extensions: ['policyMappings'],
  applies: always,
  check: (certificate) => breach(!isCa(certificate)),
}
