import { isSelfIssued } from '../../x509/roles.ts'
import { breach } from '../rule.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { LintContext, Rule } from '../rule.ts'
import { sameOctets } from '../../octets.ts'

/** BR §7.1.2.1.3, §7.1.2.11.1: keyIdentifier is the issuer's subjectKeyIdentifier; a root's is its own. */
export const brAkiMismatch: Rule<'br-aki-mismatch'> = {
  code: 'br-aki-mismatch',
  extensions: ['authorityKeyIdentifier'],
  applies: (certificate, context) =>
    Boolean(
      certificate.authorityKeyIdentifier?.keyIdentifier &&
      issuerOf(certificate, context)?.subjectKeyIdentifier,
    ),
  check: (certificate, context) => {
    const keyIdentifier = certificate.authorityKeyIdentifier?.keyIdentifier
    const ski = issuerOf(certificate, context)?.subjectKeyIdentifier
    return breach(!keyIdentifier || !ski || !sameOctets(keyIdentifier, ski))
  },
}

function issuerOf(certificate: Certificate, { issuer, place }: LintContext): Certificate | null {
  return issuer ?? (place === 'anchor' && isSelfIssued(certificate) ? certificate : null)
}
