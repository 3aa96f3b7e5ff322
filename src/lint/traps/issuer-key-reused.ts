import { isSelfIssued } from '../../x509/roles.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { sameOctets } from '../../octets.ts'

/** A subject with another name than its issuer has a key of its own. */
export const issuerKeyReused: Rule<'issuer-key-reused'> = {
  code: 'issuer-key-reused',
  applies: (certificate, { issuer }) => issuer !== null && !isSelfIssued(certificate),
  check: ({ spki }, { issuer }) => breach(issuer !== null && sameOctets(spki.der, issuer.spki.der)),
}
