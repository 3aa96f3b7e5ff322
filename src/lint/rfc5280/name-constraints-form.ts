import { subtrees } from '../general-names.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.10: no constraints on x400Address, ediPartyName or registeredID. */
export const nameConstraintsForm: Rule<'name-constraints-form'> = {
  code: 'name-constraints-form',
  applies: ({ nameConstraints }) => nameConstraints !== null,
  check: ({ nameConstraints }) =>
    subtrees(nameConstraints)
      .filter(
        ({ base }) =>
          base.kind === 'x400Address' || base.kind === 'ediPartyName' || base.kind === 'registeredID',
      )
      .map(({ base }) => ({ kind: base.kind })),
}
