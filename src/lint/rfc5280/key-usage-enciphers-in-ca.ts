import { KEY_OIDS } from '../../x509/oids.ts'
import type { Rule } from '../rule.ts'

/** RFC 3279 §2.3.1: an RSA key that signs certificates or lists should not also encipher. */
export const keyUsageEnciphersInCa: Rule<'key-usage-enciphers-in-ca'> = {
  code: 'key-usage-enciphers-in-ca',
  extensions: ['keyUsage'],
  applies: ({ keyUsage, spki }) =>
    spki.algorithm.oid === KEY_OIDS.rsaEncryption &&
    keyUsage !== null &&
    (keyUsage.has('keyCertSign') || keyUsage.has('cRLSign')),
  check: ({ keyUsage }) =>
    (['keyEncipherment', 'dataEncipherment'] as const)
      .filter((bit) => keyUsage?.has(bit))
      .map((bit) => ({ bit })),
}
