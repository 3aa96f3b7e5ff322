import { row } from './row.ts'

/** One entry of a list: its serial number in hexadecimal. */
interface EntryOf {
  serialNumber: string
}

/**
 * Findings of lint/list/ about one revocation list. A breach of the issuer's duties weakens what a list says about good
 * certificates, never about revoked ones: none is an error.
 */
export const LIST_ROWS = {
  'crl-signature-algorithm-parameters': row<{ oid: string; expected: 'NULL' | 'absent' | 'present' }>(
    'RFC 5280 §5.1.1.2, RFC 4055 §5',
    'warning',
  ),
  'crl-version-unknown': row<{ version: number }>('RFC 5280 §5.1.2.1', 'warning'),
  'crl-scope-empty': row('RFC 5280 §5.2.5', 'warning'),
  'crl-entries-empty': row('RFC 5280 §5.1.2.6', 'warning'),
  'crl-number-negative': row<{ field: 'cRLNumber' | 'deltaCRLIndicator' }>('RFC 5280 §5.2.3', 'warning'),
  'crl-number-too-long': row<{ octets: number }>('RFC 5280 §5.2.3', 'warning'),
  'crl-dates-reversed': row<{ thisUpdate: Date; nextUpdate: Date }>('RFC 5280 §5.1.2.5', 'warning'),
  'crl-uri': row<{
    extension: 'issuingDistributionPoint' | 'freshestCRL' | 'authorityInfoAccess'
    uri: string
  }>('RFC 5280 §5.2.5, §4.2.1.13', 'warning'),
  /** `offset`: position of the unreadable part; `more`: how many other entries are like it. */
  'crl-entry-imperfect': row<EntryOf & { offset: number; more: number }>(
    'RFC 5280 §5.1.2.6, §5.3',
    'warning',
  ),
  'crl-entry-repeated': row<EntryOf>('RFC 5280 §5.1.2.6', 'notice'),
  'crl-entry-after-list': row<{ revocationDate: Date; thisUpdate: Date }>('RFC 5280 §5.3', 'notice'),
  'crl-entry-long-ago': row<{ revocationDate: Date }>('judgement', 'notice'),
  'crl-entry-criticality': row<EntryOf>('RFC 5280 §5.3.1 to §5.3.3', 'warning'),
  'crl-entry-reason-unspecified': row<EntryOf>('RFC 5280 §5.3.1', 'notice'),
  'br-crl-aki-issuer-and-serial': row('CA/B BR §7.2.2', 'warning'),
  'br-crl-too-long': row<{ days: number; limit: number }>('CA/B BR §4.9.7', 'warning'),
  'br-crl-reason': row<EntryOf & { reason: string }>('CA/B BR §7.2.2', 'warning'),
}
