import { isServer } from '../facts.ts'
import type { Rule } from '../rule.ts'

/** Mainstream browsers accept no Ed25519 or ML-DSA server certificates, and Chromium no P-521. */
export const browserUnsupportedKey: Rule<'browser-unsupported-key'> = {
  code: 'browser-unsupported-key',
  applies: isServer,
  check: ({ spki }) =>
    spki.keyType !== null && spki.keyType !== 'rsa' && spki.keyType !== 'p256' && spki.keyType !== 'p384'
      ? [{ keyType: spki.keyType }]
      : [],
}
