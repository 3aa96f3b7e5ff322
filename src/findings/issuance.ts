import { row } from './row.ts'

/** Findings of ca/ about the inputs of a certificate to be signed. `tier` is a subject's text. */
export const ISSUANCE_ROWS = {
  'outlives-tier': row<{ tier: string; notAfter: Date; tierNotAfter: Date }>('judgement', 'warning'),
  /** An outside CA whose certificate breaks rules of form (§4): the certificates it signs cannot fix that. */
  'tier-breaks-form': row<{ tier: string; codes: readonly string[] }>('judgement', 'notice'),
  'possession-unchecked': row<{ what: string }>('RFC 2986 §3', 'warning'),
  /** A CA above it, according to this vault and the lists stored in it. */
  'tier-revoked': row<{ tier: string; since: Date; reason: string | null }>('RFC 5280 §6.3', 'warning'),
  'tier-on-hold': row<{ tier: string; since: Date }>('RFC 5280 §6.3', 'warning'),
}
