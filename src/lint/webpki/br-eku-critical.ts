import { isCritical } from '../facts.ts'
import { breach, readable } from '../rule.ts'
import { EXTENSION_OIDS } from '../../x509/oids.ts'
import type { Rule } from '../rule.ts'

/** BR §7.1.2.7.6 and §7.1.2.10.2: extendedKeyUsage is not critical. */
export const brEkuCritical: Rule<'br-eku-critical'> = {
  code: 'br-eku-critical',
  extensions: ['extKeyUsage'],
  applies: readable('extKeyUsage'),
  check: (certificate) => breach(isCritical(certificate, EXTENSION_OIDS.extKeyUsage)),
}
