import { subtrees } from '../general-names.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

const ALLOWED = new Set(['dNSName', 'iPAddress', 'directoryName', 'rfc822Name'])

/** BR §7.1.2.5.2: name forms that constraints may contain (rfc822Name is NOT RECOMMENDED). */
export const brNameConstraintsKind: Rule<'br-name-constraints-kind'> = {
  code: 'br-name-constraints-kind',
  extensions: ['nameConstraints'],
  applies: readable('nameConstraints'),
  check: ({ nameConstraints: nc }) => {
    const kinds = subtrees(nc).map(({ base }) => base.kind)
    return [...new Set(kinds)].filter((kind) => !ALLOWED.has(kind)).map((kind) => ({ kind }))
  },
}
