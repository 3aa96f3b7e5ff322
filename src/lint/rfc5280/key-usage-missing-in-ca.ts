import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { hasExtension } from '../facts.ts'
import { isCa } from '../../x509/roles.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.3: certificates whose keys verify other certificates or lists carry keyUsage. */
export const keyUsageMissingInCa: Rule<'key-usage-missing-in-ca'> = {
  code: 'key-usage-missing-in-ca',
  extensions: ['basicConstraints'],
  applies: isCa,
  check: (certificate) => breach(!hasExtension(certificate, EXTENSION_OIDS.keyUsage)),
}
