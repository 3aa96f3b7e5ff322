import { subtrees, isCidr } from '../general-names.ts'
import { breaches, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.10: an iPAddress constraint is an address and a CIDR mask (RFC 4632): 8 octets or 32. */
export const nameConstraintsIpMalformed: Rule<'name-constraints-ip-malformed'> = {
  code: 'name-constraints-ip-malformed',
  extensions: ['nameConstraints'],
  applies: readable('nameConstraints'),
  check: ({ nameConstraints }) =>
    breaches(subtrees(nameConstraints), ({ base }) =>
      base.kind === 'iPAddress' && !isCidr(base.octets) ? { octets: base.octets.length } : null,
    ),
}
