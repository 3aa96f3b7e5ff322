import { row } from './row.ts'

/** When a revocation list was issued, and until when it is current. */
export interface ListTimes {
  thisUpdate: Date
  nextUpdate: Date | null
}

/** Findings of validate/revocation/ about lists, OCSP responses, and the status they give a certificate. */
export const REVOCATION_ROWS = {
  /** `saidOn`: date of a list or response issued after the validation date, if it is. */
  revoked: row<{
    source: 'crl' | 'ocsp'
    since: Date
    reason: string | null
    invalidityDate: Date | null
    saidOn: Date | null
  }>('RFC 5280 §6.3.3', 'error'),
  'on-hold': row<{ source: 'crl' | 'ocsp'; since: Date; saidOn: Date | null }>('RFC 5280 §5.3.1', 'error'),
  'listed-on-unusable': row<{
    source: 'crl' | 'ocsp'
    why:
      | 'critical-extension'
      | 'delta-without-base'
      | 'scope'
      | 'not-named'
      | 'another-anchor'
      | 'crl-sign-missing'
      | 'hash-unknown'
      | 'signature-unchecked'
    since: Date
  }>('RFC 5280 §5.2, §5.3, §5.2.4', 'error'),
  'revocation-undetermined': row<{ missing: readonly string[] | null }>('RFC 5280 §6.3.3', 'error'),
  'crl-stale': row<{ thisUpdate: Date; nextUpdate: Date; at: Date }>('RFC 5280 §6.3.3(a)', 'warning'),
  'crl-not-yet-valid': row<{ thisUpdate: Date; at: Date }>('RFC 5280 §6.3.3(a)', 'warning'),
  'crl-issuer-missing': row<ListTimes>('RFC 5280 §6.3.3(f)', 'warning'),
  'crl-issuer-untrusted': row<ListTimes>('RFC 5280 §6.3.3(f)', 'warning'),
  'crl-sign-missing': row<ListTimes>('RFC 5280 §6.3.3(f)', 'warning'),
  /** `keyIdentifier`: hexadecimal, of the key that the list names, if no certificate given has it. */
  'crl-signature-invalid': row<ListTimes & { keyIdentifier: string | null }>('RFC 5280 §6.3.3(g)', 'warning'),
  'crl-signature-algorithm-mismatch': row('RFC 5280 §5.1.1.2', 'warning'),
  'crl-signature-sha1': row<ListTimes>('RFC 6194 §3', 'warning'),
  'crl-critical-extension-unknown': row<{ oid: string }>('RFC 5280 §5.2', 'warning'),
  'crl-entry-critical-extension-unknown': row<{ oid: string }>('RFC 5280 §5.3', 'warning'),
  'crl-delta-without-base': row<
    ListTimes & { misfit: 'missing' | 'scope' | 'key' | 'base-too-old' | 'not-newer' }
  >('RFC 5280 §5.2.4', 'warning'),
  'crl-version-1': row('RFC 5280 §5.1.2.1', 'warning'),
  'crl-next-update-missing': row('RFC 5280 §5.1.2.5', 'warning'),
  'crl-number-missing': row('RFC 5280 §5.2.3', 'warning'),
  'crl-authority-key-identifier-missing': row('RFC 5280 §5.2.1', 'warning'),
  'crl-extension-critical': row<{ oid: string }>('RFC 5280 §5.2', 'warning'),
  'crl-extension-not-critical': row<{ oid: string }>('RFC 5280 §5.2', 'warning'),
  'ocsp-stale': row<{ thisUpdate: Date; nextUpdate: Date | null; at: Date }>('RFC 6960 §3.2', 'warning'),
  'ocsp-not-yet-valid': row<{ thisUpdate: Date; at: Date }>('RFC 6960 §3.2', 'warning'),
  'ocsp-produced-at': row<{
    producedAt: Date
    why: 'before-the-certificate' | 'after-the-certificate' | 'in-the-future' | 'before-its-update'
  }>('RFC 6960 §2.4', 'warning'),
  'ocsp-unknown': row('RFC 6960 §2.2', 'warning'),
  'ocsp-version-unknown': row<{ version: number }>('RFC 6960 §4.2.1', 'warning'),
  'ocsp-status-unreadable': row('RFC 6960 §4.2.1', 'error'),
  /** `offset`: position of the unreadable part; `more`: how many other responses are like it. */
  'ocsp-answer-imperfect': row<{ serialNumber: string; offset: number; more: number }>(
    'RFC 6960 §4.2.1',
    'warning',
  ),
  'ocsp-signature-invalid': row('RFC 6960 §3.2', 'warning'),
  'ocsp-signature-sha1': row('RFC 6194 §3', 'warning'),
  'ocsp-responder-missing': row('RFC 6960 §4.2.2.2', 'warning'),
  'ocsp-responder-not-authorized': row<{
    why:
      | 'not-issued-by-the-issuer'
      | 'other-issuer-key'
      | 'no-ocsp-signing'
      | 'not-current'
      | 'never-current'
      | 'critical-extension'
      | 'revoked'
      | 'revoked-unasked'
      | 'listed-on-unusable'
  }>('RFC 6960 §4.2.2.2', 'warning'),
  /** Its keyUsage has neither digitalSignature nor nonRepudiation. */
  'ocsp-signer-key-usage': row<{ isIssuer: boolean }>('RFC 5280 §4.2.1.3', 'warning'),
  'ocsp-critical-extension-unknown': row<{ oid: string }>('RFC 6960 §4.4', 'warning'),
}
