import { hasEmptySubject, isCritical } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { EXTENSION_OIDS } from '../../x509/oids.ts'

/** BR §7.1.2.7.12: subjectAltName is critical when the subject is empty, and only then (the other half: RFC 5280 §4.2.1.6). */
export const brSanCritical: Rule<'br-san-critical'> = {
  code: 'br-san-critical',
  applies: (certificate, { place }) => place === 'target' && !hasEmptySubject(certificate),
  check: (certificate) => breach(isCritical(certificate, EXTENSION_OIDS.subjectAltName)),
}
