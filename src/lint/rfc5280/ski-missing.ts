import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { hasExtension } from '../facts.ts'
import { isCa } from '../../x509/roles.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.2: end-entity certificates should carry subjectKeyIdentifier. */
export const skiMissing: Rule<'ski-missing'> = {
  code: 'ski-missing',
  applies: (certificate) => certificate.version === 3 && !isCa(certificate),
  check: (certificate) => breach(!hasExtension(certificate, EXTENSION_OIDS.subjectKeyIdentifier)),
}
