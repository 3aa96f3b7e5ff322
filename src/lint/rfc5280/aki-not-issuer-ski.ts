import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { sameOctets } from '../../octets.ts'

/** §4.2.1.2: authorityKeyIdentifier repeats the subjectKeyIdentifier of the issuer's certificate, octet for octet. */
export const akiNotIssuerSki: Rule<'aki-not-issuer-ski'> = {
  code: 'aki-not-issuer-ski',
  extensions: ['authorityKeyIdentifier'],
  applies: ({ authorityKeyIdentifier }, { issuer }) => authorityKeyIdentifier !== null && issuer !== null,
  check: ({ authorityKeyIdentifier }, { issuer }) =>
    breach(
      authorityKeyIdentifier?.keyIdentifier != null &&
        issuer?.subjectKeyIdentifier != null &&
        !sameOctets(authorityKeyIdentifier.keyIdentifier, issuer.subjectKeyIdentifier),
    ),
}
