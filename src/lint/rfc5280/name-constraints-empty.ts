import { breach, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.10: nameConstraints is not an empty sequence, and neither are its two lists. */
export const nameConstraintsEmpty: Rule<'name-constraints-empty'> = {
  code: 'name-constraints-empty',
  extensions: ['nameConstraints'],
  applies: readable('nameConstraints'),
  check: ({ nameConstraints: constraints }) =>
    breach(
      constraints !== null &&
        ((constraints.permitted === null && constraints.excluded === null) ||
          constraints.permitted?.length === 0 ||
          constraints.excluded?.length === 0),
    ),
}
