import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { sameOctets } from '../../octets.ts'

/** The issuer's name is copied from the issuing certificate: several verifiers compare octets. */
export const issuerNameNotCopied: Rule<'issuer-name-not-copied'> = {
  code: 'issuer-name-not-copied',
  applies: (_, { issuer }) => issuer !== null,
  check: (certificate, { issuer }) =>
    breach(issuer !== null && !sameOctets(certificate.issuer.der, issuer.subject.der)),
}
