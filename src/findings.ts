/**
 * Every statement Rootcellar can make about a certificate, list or path: code → data, section, severity.
 * MUST → error, SHOULD → warning, judgement → notice. Whether a finding refuses a path is decided per profile
 * by the validator and the lint tables, not here. The words are in messages/.
 */
export interface FindingDetails {
  // x509/: DER rules above TLV, and extensions whose value cannot be read. Bytes are kept.
  'der-named-bits-trailing-zeros': { oid: string }
  'der-default-encoded': { field: string }
  'der-set-order': { field: string }
  'extension-unreadable': { oid: string; error: string; offset: number }
  'extension-repeated': { oid: string }
  'rdn-empty': { field: string }
  'string-type-broken': { field: string; oid: string; type: string }
  'bit-string-not-octets': { field: string; unusedBits: number }
}

export type FindingCode = keyof FindingDetails
export type Severity = 'error' | 'warning' | 'notice'
export type Finding = {
  [C in FindingCode]: { readonly code: C; readonly detail: FindingDetails[C] }
}[FindingCode]

export const FINDINGS: Record<FindingCode, { readonly section: string; readonly severity: Severity }> = {
  'der-named-bits-trailing-zeros': { section: 'X.690 §11.2.2', severity: 'error' },
  'der-default-encoded': { section: 'X.690 §11.5', severity: 'error' },
  'der-set-order': { section: 'X.690 §11.6', severity: 'error' },
  'extension-unreadable': { section: 'RFC 5280 §4.2', severity: 'error' },
  'extension-repeated': { section: 'RFC 5280 §4.2', severity: 'error' },
  'rdn-empty': { section: 'RFC 5280 §4.1.2.4', severity: 'error' },
  'string-type-broken': { section: 'X.680 §41', severity: 'error' },
  'bit-string-not-octets': { section: 'RFC 5280 §4.1', severity: 'error' },
}
