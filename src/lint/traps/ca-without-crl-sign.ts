import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** A CA without cRLSign cannot revoke with a list of its own. */
export const caWithoutCrlSign: Rule<'ca-without-crl-sign'> = {
  code: 'ca-without-crl-sign',
  applies: ({ keyUsage }) => keyUsage?.has('keyCertSign') === true,
  check: ({ keyUsage }) => breach(keyUsage?.has('cRLSign') === false),
}
