import { breach, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.11: policyConstraints is not an empty sequence. */
export const policyConstraintsEmpty: Rule<'policy-constraints-empty'> = {
  code: 'policy-constraints-empty',
  extensions: ['policyConstraints'],
  applies: readable('policyConstraints'),
  check: ({ policyConstraints }) =>
    breach(
      policyConstraints?.requireExplicitPolicy === null && policyConstraints.inhibitPolicyMapping === null,
    ),
}
