import { unconstrainedForms } from '../general-names.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/**
 * Name forms that nameConstraints does not mention are unrestricted: to bind a CA, cover DNS, IPv4, IPv6 and directory
 * names.
 */
export const nameConstraintsIncomplete: Rule<'name-constraints-incomplete'> = {
  code: 'name-constraints-incomplete',
  applies: readable('nameConstraints'),
  check: ({ nameConstraints }) => {
    const free = unconstrainedForms(nameConstraints)
    return free.length > 0 ? [{ unconstrained: free.join(', ') }] : []
  },
}
