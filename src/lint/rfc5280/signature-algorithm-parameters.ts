import { SIGNATURE_PARAMETERS, parametersFault } from '../key-facts.ts'
import { always } from '../rule.ts'
import type { Rule } from '../rule.ts'

/**
 * §4.1.1.2: parameters as the algorithm's RFC requires: NULL for PKCS#1 (RFC 4055), absent for ECDSA, Ed25519 and
 * ML-DSA (RFC 5758, 8410, 9881).
 */
export const signatureAlgorithmParameters: Rule<'signature-algorithm-parameters'> = {
  code: 'signature-algorithm-parameters',
  applies: always,
  check: ({ signatureAlgorithm: { oid, parameters } }) =>
    parametersFault(SIGNATURE_PARAMETERS, oid, parameters),
}
