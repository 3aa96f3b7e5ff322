import { forbiddenBits, keyTypeName } from '../key-facts.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/**
 * §4.2.1.3: keyUsage has only bits that the key type supports: RFC 8813 for EC, 8410 for Ed25519, 9881 for ML-DSA, 3279
 * for RSA.
 */
export const keyUsageKeyType: Rule<'key-usage-key-type'> = {
  code: 'key-usage-key-type',
  extensions: ['keyUsage'],
  applies: readable('keyUsage'),
  check: ({ keyUsage, spki }) => {
    if (keyUsage === null) return []
    return forbiddenBits(spki)
      .filter((bit) => keyUsage.has(bit))
      .map((bit) => ({ bit, keyType: spki.keyType ?? keyTypeName(spki) }))
  },
}
