import type { JudgedCard } from '../../border/protocol/validate.ts'
import type { CertificateRow } from '../../border/views.ts'

/** What a card shows: a judged certificate has it, and a row of the vault has more. */
export type CardFacts = Omit<JudgedCard, 'issuer'> &
  Partial<Pick<CertificateRow, 'issuer' | 'key' | 'status' | 'revocation' | 'verified'>>
