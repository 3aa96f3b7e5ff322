import { subtrees } from '../general-names.ts'
import { breaches, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.10: no constraints on x400Address, ediPartyName or registeredID. */
export const nameConstraintsForm: Rule<'name-constraints-form'> = {
  code: 'name-constraints-form',
  extensions: ['nameConstraints'],
  applies: readable('nameConstraints'),
  check: ({ nameConstraints }) =>
    breaches(subtrees(nameConstraints), ({ base: { kind } }) =>
      kind === 'x400Address' || kind === 'ediPartyName' || kind === 'registeredID' ? { kind } : null,
    ),
}
