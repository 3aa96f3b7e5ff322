import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { hasExtension, isNonCritical } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.5: policyMappings should be critical. */
export const policyMappingsNotCritical: Rule<'policy-mappings-not-critical'> = {
  code: 'policy-mappings-not-critical',
  applies: (certificate) => hasExtension(certificate, EXTENSION_OIDS.policyMappings),
  check: (certificate) => breach(isNonCritical(certificate, EXTENSION_OIDS.policyMappings)),
}
