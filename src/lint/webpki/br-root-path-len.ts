import type { Rule } from '../rule.ts'

/** BR §7.1.2.1.4: pathLenConstraint is NOT RECOMMENDED in a root. */
export const brRootPathLen: Rule<'br-root-path-len'> = {
  code: 'br-root-path-len',
  extensions: ['basicConstraints'],
  applies: ({ basicConstraints }, { place }) => place === 'anchor' && basicConstraints !== null,
  check: ({ basicConstraints }) => {
    const pathLen = basicConstraints?.pathLen ?? null
    return pathLen === null ? [] : [{ pathLen }]
  },
}
