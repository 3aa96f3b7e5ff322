import { ECDSA_SHA256, ECDSA_SHA512 } from '../key-facts.ts'
import { isSelfIssued } from '../../x509/roles.ts'
import type { Rule } from '../rule.ts'

/** P-384 goes with SHA-384 and P-521 with SHA-512: a shorter hash wastes the curve's strength. */
export const hashWeakerThanCurve: Rule<'hash-weaker-than-curve'> = {
  code: 'hash-weaker-than-curve',
  applies: ({ signature }) => signature.oid.startsWith('1.2.840.10045.4.3.'),
  check: (certificate, { issuer }) => {
    const keyType = (issuer ?? (isSelfIssued(certificate) ? certificate : null))?.spki.keyType
    const { oid } = certificate.signature
    return (keyType === 'p384' && oid === ECDSA_SHA256) || (keyType === 'p521' && oid !== ECDSA_SHA512)
      ? [{ keyType, oid }]
      : []
  },
}
