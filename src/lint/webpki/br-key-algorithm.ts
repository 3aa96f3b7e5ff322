import { KEY_ALGORITHMS } from './algorithm-identifiers.ts'
import { keyTypeName } from '../key-facts.ts'
import { always } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { hexOf } from '../../octets.ts'

/** BR §7.1.3.1: RSA, P-256, P-384 or P-521, the AlgorithmIdentifier octet by octet as printed there. */
export const brKeyAlgorithm: Rule<'br-key-algorithm'> = {
  code: 'br-key-algorithm',
  applies: always,
  check: ({ spki }) =>
    KEY_ALGORITHMS.has(hexOf(spki.algorithm.der)) ? [] : [{ algorithm: keyTypeName(spki) }],
}
