import { KEY_PARAMETERS, parametersFault } from '../key-facts.ts'
import { always } from '../rule.ts'
import type { Rule } from '../rule.ts'

/**
 * §4.1.2.7: parameters as the key type's RFC requires: NULL for RSA (RFC 3279), absent for Ed25519 and ML-DSA (RFC
 * 8410, 9881), present for EC (RFC 5480).
 */
export const keyAlgorithmParameters: Rule<'key-algorithm-parameters'> = {
  code: 'key-algorithm-parameters',
  applies: always,
  check: ({ spki: { algorithm } }) => parametersFault(KEY_PARAMETERS, algorithm.oid, algorithm.parameters),
}
