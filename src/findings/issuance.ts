import { row } from './row.ts'

/**
 * What ca/ says of what a certificate about to be signed is made from. `tier` is a subject's text.
 */
export const ISSUANCE_ROWS = {
  'outlives-tier': row<{ tier: string; notAfter: Date; tierNotAfter: Date }>('judgement', 'warning'),
  /** A CA from elsewhere whose certificate breaks rules of form (§4): it cannot be mended by what it signs. */
  'tier-breaks-form': row<{ tier: string; codes: readonly string[] }>('judgement', 'notice'),
  'possession-unchecked': row<{ what: string }>('RFC 2986 §3', 'warning'),
  /** A CA above it, as this vault and the lists kept in it say. */
  'tier-revoked': row<{ tier: string; since: Date; reason: string | null }>('RFC 5280 §6.3', 'warning'),
  'tier-on-hold': row<{ tier: string; since: Date }>('RFC 5280 §6.3', 'warning'),
}
