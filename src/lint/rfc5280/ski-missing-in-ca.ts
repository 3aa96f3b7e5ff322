import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { hasExtension } from '../facts.ts'
import { isCa } from '../../x509/roles.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.2: every CA certificate carries subjectKeyIdentifier. */
export const skiMissingInCa: Rule<'ski-missing-in-ca'> = {
  code: 'ski-missing-in-ca',
  extensions: ['basicConstraints'],
  applies: isCa,
  check: (certificate) => breach(!hasExtension(certificate, EXTENSION_OIDS.subjectKeyIdentifier)),
}
