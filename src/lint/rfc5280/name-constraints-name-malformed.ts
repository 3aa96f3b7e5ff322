import { readableIa5 } from '../../x509/general-name-text.ts'
import { subtrees, isMalformedConstraint } from '../general-names.ts'
import { breaches, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/**
 * §4.2.1.10: dNSName, rfc822Name and URI constraints are domain names, hosts or mailboxes; a leading dot only if the
 * form allows one.
 */
export const nameConstraintsNameMalformed: Rule<'name-constraints-name-malformed'> = {
  code: 'name-constraints-name-malformed',
  extensions: ['nameConstraints'],
  applies: readable('nameConstraints'),
  check: ({ nameConstraints }) =>
    breaches(subtrees(nameConstraints), ({ base }) =>
      isMalformedConstraint(base) ? { kind: base.kind, name: readableIa5(base.value) } : null,
    ),
}
