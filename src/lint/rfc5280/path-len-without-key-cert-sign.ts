import type { Rule } from '../rule.ts'

/** §4.2.1.9: pathLenConstraint is included only if keyUsage asserts keyCertSign. */
export const pathLenWithoutKeyCertSign: Rule<'path-len-without-key-cert-sign'> = {
  code: 'path-len-without-key-cert-sign',
  extensions: ['basicConstraints'],
  applies: ({ basicConstraints, keyUsage }) =>
    basicConstraints?.ca === true && basicConstraints.pathLen !== null && keyUsage !== null,
  check: ({ basicConstraints, keyUsage }) =>
    keyUsage?.has('keyCertSign') === false && basicConstraints?.pathLen != null
      ? [{ pathLen: basicConstraints.pathLen }]
      : [],
}
