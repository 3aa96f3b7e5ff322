import { breach, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.5: policyMappings has at least one entry. */
export const policyMappingsEmpty: Rule<'policy-mappings-empty'> = {
  code: 'policy-mappings-empty',
  extensions: ['policyMappings'],
  applies: readable('policyMappings'),
  check: ({ policyMappings }) => breach(policyMappings?.length === 0),
}
