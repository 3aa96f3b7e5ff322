import type { CertificateFacts, CertificateRow } from '../../border/views.ts'

/** The facts on a card: a validated certificate has all of them, and a row of the vault has more. */
export type CardFacts = Omit<CertificateFacts, 'issuer'> &
  Partial<
    Pick<
      CertificateRow,
      'authorityId' | 'ownAuthorityId' | 'issuer' | 'key' | 'status' | 'revocation' | 'verified'
    >
  >

/** Returns the authority of the vault that issued it; null for a root and for what came from outside. */
export const issuerOf = ({ authorityId = null, ownAuthorityId }: CardFacts): string | null =>
  authorityId === ownAuthorityId ? null : authorityId
