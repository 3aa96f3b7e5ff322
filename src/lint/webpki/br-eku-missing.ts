import { hasExtension } from '../facts.ts'
import { breach } from '../rule.ts'
import { EXT_KEY_USAGE } from './eku.ts'
import type { Rule } from '../rule.ts'

/** BR §7.1.2.7.6: extendedKeyUsage is present. */
export const brEkuMissing: Rule<'br-eku-missing'> = {
  code: 'br-eku-missing',
  applies: (_certificate, { place }) => place === 'target',
  check: (certificate) => breach(!hasExtension(certificate, EXT_KEY_USAGE)),
}
