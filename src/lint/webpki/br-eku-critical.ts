import { isCritical } from '../facts.ts'
import { breach } from '../rule.ts'
import { EXT_KEY_USAGE } from './eku.ts'
import type { Rule } from '../rule.ts'

/** BR §7.1.2.7.6 and §7.1.2.10.2: extendedKeyUsage is not critical. */
export const brEkuCritical: Rule<'br-eku-critical'> = {
  code: 'br-eku-critical',
  extensions: ['extKeyUsage'],
  applies: ({ extKeyUsage }) => extKeyUsage !== null,
  check: (certificate) => breach(isCritical(certificate, EXT_KEY_USAGE)),
}
