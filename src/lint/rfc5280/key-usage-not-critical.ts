import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { hasExtension, isNonCritical } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.3: keyUsage should be critical. */
export const keyUsageNotCritical: Rule<'key-usage-not-critical'> = {
  code: 'key-usage-not-critical',
  applies: (certificate) => hasExtension(certificate, EXTENSION_OIDS.keyUsage),
  check: (certificate) => breach(isNonCritical(certificate, EXTENSION_OIDS.keyUsage)),
}
