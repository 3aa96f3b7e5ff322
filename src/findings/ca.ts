import type { Severity } from './severity.ts'

/** What ca/ says of what a certificate about to be signed is made from: code → data. `tier` is a subject's text. */
export interface IssuanceFindingDetails {
  'outlives-tier': { tier: string; notAfter: Date; tierNotAfter: Date }
  /** A CA from elsewhere whose certificate breaks rules of form (§4): it cannot be mended by what it signs. */
  'tier-breaks-form': { tier: string; codes: readonly string[] }
  'possession-unchecked': { what: string }
  /** A CA above it, as this vault and the lists kept in it say. */
  'tier-revoked': { tier: string; since: Date; reason: string | null }
  'tier-on-hold': { tier: string; since: Date }
}

export const ISSUANCE_FINDINGS: Record<
  keyof IssuanceFindingDetails,
  { readonly section: string; readonly severity: Severity }
> = {
  'outlives-tier': { section: 'judgement', severity: 'warning' },
  'tier-breaks-form': { section: 'judgement', severity: 'notice' },
  'possession-unchecked': { section: 'RFC 2986 §3', severity: 'warning' },
  'tier-revoked': { section: 'RFC 5280 §6.3', severity: 'warning' },
  'tier-on-hold': { section: 'RFC 5280 §6.3', severity: 'warning' },
}
