import { hasExtension } from '../facts.ts'
import { breach } from '../rule.ts'
import { EXTENSION_OIDS } from '../../x509/oids.ts'
import type { Rule } from '../rule.ts'
import { isSubscriber } from './kinds.ts'

/** BR §7.1.2.7.6: extendedKeyUsage is present. */
export const brEkuMissing: Rule<'br-eku-missing'> = {
  code: 'br-eku-missing',
  applies: isSubscriber,
  check: (certificate) => breach(!hasExtension(certificate, EXTENSION_OIDS.extKeyUsage)),
}
