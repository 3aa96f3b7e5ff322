import { unconstrainedForms } from '../general-names.ts'
import type { Rule } from '../rule.ts'

/** Names of a form that nameConstraints does not mention are free: to bind a CA, treat DNS, IPv4, IPv6 and directory names all. */
export const nameConstraintsIncomplete: Rule<'name-constraints-incomplete'> = {
  code: 'name-constraints-incomplete',
  applies: ({ nameConstraints }) => nameConstraints !== null,
  check: ({ nameConstraints }) => {
    const free = unconstrainedForms(nameConstraints)
    return free.length > 0 ? [{ unconstrained: free.join(', ') }] : []
  },
}
