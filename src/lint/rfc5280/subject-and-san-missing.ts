import { EXTENSION_OIDS } from '../../x509/oids.ts'
import { hasEmptySubject, hasExtension } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.1.2.6, §4.2.1.6: a certificate with an empty subject names its holder in subjectAltName. */
export const subjectAndSanMissing: Rule<'subject-and-san-missing'> = {
  code: 'subject-and-san-missing',
  applies: hasEmptySubject,
  check: (certificate) => breach(!hasExtension(certificate, EXTENSION_OIDS.subjectAltName)),
}
