import { subtrees } from '../general-names.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** A dNSName constraint without a leading dot means the name and all below; with one, verifiers differ or refuse. */
export const nameConstraintsLeadingDot: Rule<'name-constraints-leading-dot'> = {
  code: 'name-constraints-leading-dot',
  applies: readable('nameConstraints'),
  check: ({ nameConstraints }) =>
    subtrees(nameConstraints).flatMap(({ base }) =>
      base.kind === 'dNSName' && base.value.startsWith('.') ? [{ name: base.value }] : [],
    ),
}
