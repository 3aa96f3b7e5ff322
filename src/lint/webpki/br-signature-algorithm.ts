import { SIGNATURE_ALGORITHMS } from './algorithm-identifiers.ts'
import { isSelfIssued } from '../../x509/roles.ts'
import type { Rule } from '../rule.ts'
import { hexOf } from '../../octets.ts'

/**
 * BR §7.1.3.2: the AlgorithmIdentifier of the signature, octet by octet. A root's own signature proves nothing and is
 * not checked.
 */
export const brSignatureAlgorithm: Rule<'br-signature-algorithm'> = {
  code: 'br-signature-algorithm',
  applies: (certificate, { place }) => place !== 'anchor' || !isSelfIssued(certificate),
  check: ({ signature }) => (SIGNATURE_ALGORITHMS.has(hexOf(signature.der)) ? [] : [{ oid: signature.oid }]),
}
