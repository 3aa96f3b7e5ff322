import { breach, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.4: certificatePolicies has at least one entry. */
export const policiesEmpty: Rule<'policies-empty'> = {
  code: 'policies-empty',
  extensions: ['certificatePolicies'],
  applies: readable('certificatePolicies'),
  check: ({ certificatePolicies }) => breach(certificatePolicies?.length === 0),
}
