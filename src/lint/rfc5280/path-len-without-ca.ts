import type { Rule } from '../rule.ts'

/** §4.2.1.9: pathLenConstraint is included only if cA is asserted. */
export const pathLenWithoutCa: Rule<'path-len-without-ca'> = {
  code: 'path-len-without-ca',
  extensions: ['basicConstraints'],
  applies: ({ basicConstraints }) => basicConstraints !== null && basicConstraints.pathLen !== null,
  check: ({ basicConstraints }) =>
    basicConstraints?.ca === false && basicConstraints.pathLen !== null
      ? [{ pathLen: basicConstraints.pathLen }]
      : [],
}
