import { subtrees } from '../general-names.ts'
import type { Rule } from '../rule.ts'
import { breach, readable } from '../rule.ts'

/** Java 17 reads past the end of an IPv4 address when comparing it with an IPv6 range, and refuses the certificate. */
export const nameConstraintsBothAddresses: Rule<'name-constraints-both-addresses'> = {
  code: 'name-constraints-both-addresses',
  applies: readable('nameConstraints'),
  check: ({ nameConstraints }) => {
    const lengths = subtrees(nameConstraints).map(({ base }) =>
      base.kind === 'iPAddress' ? base.octets.length : 0,
    )
    return breach(lengths.includes(8) && lengths.includes(32))
  },
}
