import { breach, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** BR §7.1.2.5.2: permittedSubtrees or excludedSubtrees is not empty. */
export const brNameConstraintsEmpty: Rule<'br-name-constraints-empty'> = {
  code: 'br-name-constraints-empty',
  extensions: ['nameConstraints'],
  applies: readable('nameConstraints'),
  check: ({ nameConstraints: nc }) => breach(!nc?.permitted?.length && !nc?.excluded?.length),
}
