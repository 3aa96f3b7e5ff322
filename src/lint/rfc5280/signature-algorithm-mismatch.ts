import { always } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { sameOctets } from '../../octets.ts'

/** §4.1.1.2, §4.1.2.3: the algorithm outside the signed part is the same as inside, including parameters. */
export const signatureAlgorithmMismatch: Rule<'signature-algorithm-mismatch'> = {
  code: 'signature-algorithm-mismatch',
  applies: always,
  check: ({ signature, signatureAlgorithm }) =>
    sameOctets(signature.der, signatureAlgorithm.der)
      ? []
      : [{ inner: signature.oid, outer: signatureAlgorithm.oid }],
}
