import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/**
 * RFC 6962 §3.3: the OCTET STRING contains a TLS vector of at least one timestamp, each with its length in two octets.
 */
export const sctListMalformed: Rule<'sct-list-malformed'> = {
  code: 'sct-list-malformed',
  extensions: ['signedCertificateTimestamps'],
  applies: readable('signedCertificateTimestamps'),
  check: ({ signedCertificateTimestamps: list }) => (list?.fault ? [{ fault: list.fault }] : []),
}
