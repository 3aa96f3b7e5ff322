import { EKU_OIDS } from '../../x509/oids.ts'
import { isCa } from '../../x509/roles.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** RFC 5480 §3, RFC 8550 §4.4.2: mail is encrypted to a key that enciphers or agrees on another key. */
export const mailCannotEncrypt: Rule<'mail-cannot-encrypt'> = {
  code: 'mail-cannot-encrypt',
  extensions: ['keyUsage'],
  applies: (certificate) =>
    certificate.keyUsage !== null &&
    !isCa(certificate) &&
    certificate.extKeyUsage?.includes(EKU_OIDS.emailProtection) === true,
  check: ({ keyUsage }) => breach(!keyUsage?.has('keyEncipherment') && !keyUsage?.has('keyAgreement')),
}
