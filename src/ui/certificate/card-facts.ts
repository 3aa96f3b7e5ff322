import type { JudgedCard } from '../../border/protocol/validate.ts'
import type { CertificateRow } from '../../border/views.ts'

/** The facts on a card: a validated certificate has all of them, and a row of the vault has more. */
export type CardFacts = Omit<JudgedCard, 'issuer'> &
  Partial<Pick<CertificateRow, 'issuer' | 'key' | 'status' | 'revocation' | 'verified'>>
