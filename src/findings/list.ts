import type { Severity } from './severity.ts'

/** One entry of a list: its serial number in hexadecimal. */
interface EntryOf {
  serialNumber: string
}

/** What lint/list/ says of one revocation list: code → data. */
export interface ListFindingDetails {
  'crl-signature-algorithm-parameters': { oid: string; expected: 'NULL' | 'absent' | 'present' }
  'crl-version-unknown': { version: number }
  'crl-scope-empty': null
  'crl-entries-empty': null
  'crl-number-negative': { field: 'cRLNumber' | 'deltaCRLIndicator' }
  'crl-number-too-long': { octets: number }
  'crl-dates-reversed': { thisUpdate: Date; nextUpdate: Date }
  'crl-uri': { extension: 'issuingDistributionPoint' | 'freshestCRL' | 'authorityInfoAccess'; uri: string }
  /** `offset`: of what cannot be read; `more`: other entries that are like it. */
  'crl-entry-imperfect': EntryOf & { offset: number; more: number }
  'crl-entry-repeated': EntryOf
  'crl-entry-after-list': { revocationDate: Date; thisUpdate: Date }
  'crl-entry-long-ago': { revocationDate: Date }
  'crl-entry-criticality': EntryOf
  'crl-entry-reason-unspecified': EntryOf
  'br-crl-aki-issuer-and-serial': null
  'br-crl-too-long': { days: number; limit: number }
  'br-crl-reason': EntryOf & { reason: string }
}

/** Breaches of an issuer's duty weaken what a list says of the good, never what it says of the revoked: none is an error. */
export const LIST_FINDINGS: Record<
  keyof ListFindingDetails,
  { readonly section: string; readonly severity: Severity }
> = {
  'crl-signature-algorithm-parameters': { section: 'RFC 5280 §5.1.1.2, RFC 4055 §5', severity: 'warning' },
  'crl-version-unknown': { section: 'RFC 5280 §5.1.2.1', severity: 'warning' },
  'crl-scope-empty': { section: 'RFC 5280 §5.2.5', severity: 'warning' },
  'crl-entries-empty': { section: 'RFC 5280 §5.1.2.6', severity: 'warning' },
  'crl-number-negative': { section: 'RFC 5280 §5.2.3', severity: 'warning' },
  'crl-number-too-long': { section: 'RFC 5280 §5.2.3', severity: 'warning' },
  'crl-dates-reversed': { section: 'RFC 5280 §5.1.2.5', severity: 'warning' },
  'crl-uri': { section: 'RFC 5280 §5.2.5, §4.2.1.13', severity: 'warning' },
  'crl-entry-imperfect': { section: 'RFC 5280 §5.1.2.6, §5.3', severity: 'warning' },
  'crl-entry-repeated': { section: 'RFC 5280 §5.1.2.6', severity: 'notice' },
  'crl-entry-after-list': { section: 'RFC 5280 §5.3', severity: 'notice' },
  'crl-entry-long-ago': { section: 'judgement', severity: 'notice' },
  'crl-entry-criticality': { section: 'RFC 5280 §5.3.1 to §5.3.3', severity: 'warning' },
  'crl-entry-reason-unspecified': { section: 'RFC 5280 §5.3.1', severity: 'notice' },
  'br-crl-aki-issuer-and-serial': { section: 'CA/B BR §7.2.2', severity: 'warning' },
  'br-crl-too-long': { section: 'CA/B BR §4.9.7', severity: 'warning' },
  'br-crl-reason': { section: 'CA/B BR §7.2.2', severity: 'warning' },
}
