import { subtrees } from '../general-names.ts'
import { breaches, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.10: minimum is zero and maximum absent. */
export const nameConstraintsDistance: Rule<'name-constraints-distance'> = {
  code: 'name-constraints-distance',
  extensions: ['nameConstraints'],
  applies: readable('nameConstraints'),
  check: ({ nameConstraints }) =>
    breaches(subtrees(nameConstraints), ({ base, minimum, maximum }) =>
      minimum !== 0 || maximum !== null ? { kind: base.kind } : null,
    ),
}
