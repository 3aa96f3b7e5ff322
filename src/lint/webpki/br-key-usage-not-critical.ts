import { isNonCritical } from '../facts.ts'
import { breach, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { EXTENSION_OIDS } from '../../x509/oids.ts'

/** BR §7.1.2.1.2, §7.1.2.7.6, §7.1.2.10.2: keyUsage is critical. */
export const brKeyUsageNotCritical: Rule<'br-key-usage-not-critical'> = {
  code: 'br-key-usage-not-critical',
  extensions: ['keyUsage'],
  applies: readable('keyUsage'),
  check: (certificate) => breach(isNonCritical(certificate, EXTENSION_OIDS.keyUsage)),
}
