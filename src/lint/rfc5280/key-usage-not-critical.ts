import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isNonCritical } from '../facts.ts'
import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.3: keyUsage should be critical. */
export const keyUsageNotCritical: Rule<'key-usage-not-critical'> = {
  code: 'key-usage-not-critical',
  extensions: ['keyUsage'],
  applies: always,
  check: (certificate) => breach(isNonCritical(certificate, EXTENSION_OIDS.keyUsage)),
}
