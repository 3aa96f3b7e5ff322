import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { sameOctets } from '../../octets.ts'

/** BR §7.1.4.1: the issuer name is octet by octet the subject name of the issuing CA. */
export const brIssuerNameBytes: Rule<'br-issuer-name-bytes'> = {
  code: 'br-issuer-name-bytes',
  applies: (_certificate, { issuer }) => issuer !== null,
  check: ({ issuer }, context) =>
    breach(!context.issuer || !sameOctets(issuer.der, context.issuer.subject.der)),
}
