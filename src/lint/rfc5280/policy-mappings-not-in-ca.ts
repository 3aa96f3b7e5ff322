import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { isCa, hasExtension } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.5: policyMappings is used in CA certificates. */
export const policyMappingsNotInCa: Rule<'policy-mappings-not-in-ca'> = {
  code: 'policy-mappings-not-in-ca',
  applies: (certificate) => hasExtension(certificate, EXTENSION_OIDS.policyMappings),
  check: (certificate) => breach(!isCa(certificate)),
}
