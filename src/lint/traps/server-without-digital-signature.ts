import { isServer } from '../facts.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** RFC 8446 §4.4.2.2: a TLS 1.3 server signs, so its keyUsage, if present, has digitalSignature. */
export const serverWithoutDigitalSignature: Rule<'server-without-digital-signature'> = {
  code: 'server-without-digital-signature',
  extensions: ['keyUsage'],
  applies: (certificate) => certificate.keyUsage !== null && isServer(certificate),
  check: ({ keyUsage }) => breach(keyUsage?.has('digitalSignature') !== true),
}
