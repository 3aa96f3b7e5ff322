import { ISSUANCE_FINDINGS } from './findings/ca.ts'
import type { IssuanceFindingDetails } from './findings/ca.ts'
import { LIST_FINDINGS } from './findings/list.ts'
import type { ListFindingDetails } from './findings/list.ts'
import { LINT_FINDINGS } from './findings/lint.ts'
import type { LintFindingDetails } from './findings/lint.ts'
import type { Severity } from './findings/severity.ts'
import { WEBPKI_FINDINGS } from './findings/webpki.ts'
import type { WebpkiFindingDetails } from './findings/webpki.ts'

/** When a revocation list was issued, and until when it is current. */
export interface ListTimes {
  thisUpdate: Date
  nextUpdate: Date | null
}

/**
 * Every statement Rootcellar can make about a certificate, list or path: code → data, section, severity.
 * MUST → error, SHOULD → warning, judgement → notice. Whether a finding refuses a path is decided per profile
 * by the validator and the lint tables, not here. The words are in messages/.
 */
export interface FindingDetails
  extends LintFindingDetails, WebpkiFindingDetails, ListFindingDetails, IssuanceFindingDetails {
  // x509/: DER rules above TLV, and extensions whose value cannot be read. Bytes are kept.
  'der-named-bits-trailing-zeros': { oid: string }
  'named-bits-unknown': { oid: string; bits: readonly number[] }
  'der-default-encoded': { field: string }
  'der-set-order': { field: string }
  /** Code and detail of the error that it cannot be read for. */
  'extension-unreadable': { oid: string; error: string; reason: unknown; offset: number }
  'extension-repeated': { oid: string }
  'rdn-empty': { field: string }
  'extensions-empty': null
  'string-type-broken': { field: string; oid: string; type: string }
  'bit-string-not-octets': { field: string; unusedBits: number }
  // validate/revocation/
  /** `saidOn`: of a list or response from after the date asked for, when that is. */
  revoked: {
    source: 'crl' | 'ocsp'
    since: Date
    reason: string | null
    invalidityDate: Date | null
    saidOn: Date | null
  }
  'on-hold': { source: 'crl' | 'ocsp'; since: Date; saidOn: Date | null }
  'listed-on-unusable': {
    source: 'crl' | 'ocsp'
    why: 'critical-extension' | 'delta-without-base' | 'scope' | 'hash-unknown' | 'signature-unchecked'
    since: Date
  }
  'revocation-undetermined': { missing: readonly string[] | null }
  'crl-stale': { thisUpdate: Date; nextUpdate: Date; at: Date }
  'crl-not-yet-valid': { thisUpdate: Date; at: Date }
  'crl-issuer-missing': ListTimes
  'crl-issuer-untrusted': ListTimes
  'crl-sign-missing': ListTimes
  'crl-signature-invalid': ListTimes
  'crl-signature-algorithm-mismatch': null
  'crl-signature-sha1': ListTimes
  'crl-critical-extension-unknown': { oid: string }
  'crl-entry-critical-extension-unknown': { oid: string }
  'crl-delta-without-base': ListTimes & { misfit: 'missing' | 'scope' | 'key' | 'base-too-old' | 'not-newer' }
  'crl-version-1': null
  'crl-next-update-missing': null
  'crl-number-missing': null
  'crl-authority-key-identifier-missing': null
  'crl-extension-critical': { oid: string }
  'crl-extension-not-critical': { oid: string }
  'ocsp-stale': { thisUpdate: Date; nextUpdate: Date | null; at: Date }
  'ocsp-not-yet-valid': { thisUpdate: Date; at: Date }
  'ocsp-unknown': null
  'ocsp-version-unknown': { version: number }
  'ocsp-status-unreadable': null
  /** `offset`: of what cannot be read; `more`: other answers that are like it. */
  'ocsp-answer-imperfect': { serialNumber: string; offset: number; more: number }
  'ocsp-produced-at': {
    producedAt: Date
    why: 'before-the-certificate' | 'after-the-certificate' | 'in-the-future' | 'before-its-update'
  }
  'ocsp-signature-invalid': null
  'ocsp-signature-sha1': null
  'ocsp-responder-missing': null
  'ocsp-responder-not-authorized': {
    why:
      | 'not-issued-by-the-issuer'
      | 'no-ocsp-signing'
      | 'not-current'
      | 'never-current'
      | 'critical-extension'
      | 'revoked'
      | 'revoked-unasked'
      | 'listed-on-unusable'
  }
  /** Its keyUsage has neither digitalSignature nor nonRepudiation. */
  'ocsp-signer-key-usage': { isIssuer: boolean }
  'ocsp-critical-extension-unknown': { oid: string }

  // validate/: steps of RFC 5280 §6.1, §6.3 and what is asked beside them. setBy: index in the path (0: the anchor), or the caller.
  'signature-invalid': null
  'signature-unchecked': { algorithm: string }
  'signature-sha1': null
  'signature-hash-broken': { hash: string }
  'not-yet-valid': { notBefore: Date; at: Date }
  expired: { notAfter: Date; at: Date }
  'issuer-name-mismatch': { issuer: string; expected: string }
  'name-not-permitted': { form: string; name: string; setBy: number | 'input' }
  'name-excluded': { form: string; name: string; constraint: string; setBy: number | 'input' }
  'name-constraint-unsupported': { form: string; name: string; setBy: number | 'input' }
  'name-constraint-malformed': { form: string; constraint: string }
  'name-constraint-leading-dot': { constraint: string }
  'constrained-name-malformed': { form: string; name: string; setBy: number | 'input' }
  'policy-mapping-any': null
  /** `setBy`: who requires one. */
  'explicit-policy-missing': {
    policies: readonly string[]
    asked: readonly string[]
    setBy: number | 'input'
  }
  'not-a-ca': { version: number }
  'path-len-exceeded': { pathLen: number; setBy: number | 'input' }
  'key-cert-sign-missing': null
  'critical-extension-unknown': { oid: string }
  'policy-qualifier-unknown': { oid: string }
  'extension-unprocessable': { oid: string }
  'purpose-not-allowed': { purpose: string; allowed: readonly string[] }
  'purpose-not-nested': { purpose: string; allowed: readonly string[] }
  'time-stamping-purpose': { why: 'missing' | 'not-critical' | 'not-alone' | 'other-key-usage' }
  'key-usage-inconsistent': { purpose: string; keyUsage: readonly string[] }
  'key-usage-unusual': { purpose: string; keyUsage: readonly string[] }
  /** `nearly`: the certificate has that name in a form that does not count. */
  'peer-name-mismatch': {
    kind: string
    name: string
    present: readonly string[]
    nearly: 'address-as-dns-name' | 'trailing-dot' | 'not-ascii' | null
  }
  'peer-name-unusable': { kind: string; name: string }
  'common-name-ignored': { commonName: string }
  'pin-mismatch': { of: 'certificate' | 'spki'; expected: string; actual: string }
  'key-identifier-mismatch': { keyIdentifier: string; issuerKeyIdentifier: string }
  'authority-serial-mismatch': { serialNumber: string; issuerSerialNumber: string }
  /** `namesakes`: how many certificates here have the issuer's name and another key. */
  'issuer-missing': {
    issuer: string
    keyIdentifier: string | null
    addresses: readonly string[]
    namesakes: number
  }
  'anchor-missing': { subject: string }
  'path-loop': { subject: string }
  'depth-exceeded': { limit: number }
  'budget-exhausted': { cost: string; limit: number }
}

export type FindingCode = keyof FindingDetails
export type Finding = {
  [C in FindingCode]: { readonly code: C; readonly detail: FindingDetails[C] }
}[FindingCode]

export const FINDINGS: Record<FindingCode, { readonly section: string; readonly severity: Severity }> = {
  ...LINT_FINDINGS,
  ...ISSUANCE_FINDINGS,
  ...WEBPKI_FINDINGS,
  ...LIST_FINDINGS,
  'der-named-bits-trailing-zeros': { section: 'X.690 §11.2.2', severity: 'error' },
  'named-bits-unknown': { section: 'RFC 5280 §4.2.1.3, §4.2.1.13', severity: 'warning' },
  'der-default-encoded': { section: 'X.690 §11.5', severity: 'error' },
  'der-set-order': { section: 'X.690 §11.6', severity: 'error' },
  'extension-unreadable': { section: 'RFC 5280 §4.2', severity: 'error' },
  'extension-repeated': { section: 'RFC 5280 §4.2', severity: 'error' },
  'extensions-empty': { section: 'RFC 5280 §4.1.2.9', severity: 'error' },
  'rdn-empty': { section: 'RFC 5280 §4.1.2.4', severity: 'error' },
  'string-type-broken': { section: 'X.680 §41', severity: 'error' },
  'bit-string-not-octets': { section: 'RFC 5280 §4.1', severity: 'error' },
  // validate/revocation/
  revoked: { section: 'RFC 5280 §6.3.3', severity: 'error' },
  'on-hold': { section: 'RFC 5280 §5.3.1', severity: 'error' },
  'listed-on-unusable': { section: 'RFC 5280 §5.2, §5.3, §5.2.4', severity: 'error' },
  'revocation-undetermined': { section: 'RFC 5280 §6.3.3', severity: 'error' },
  'crl-stale': { section: 'RFC 5280 §6.3.3(a)', severity: 'warning' },
  'crl-not-yet-valid': { section: 'RFC 5280 §6.3.3(a)', severity: 'warning' },
  'crl-issuer-missing': { section: 'RFC 5280 §6.3.3(f)', severity: 'warning' },
  'crl-issuer-untrusted': { section: 'RFC 5280 §6.3.3(f)', severity: 'warning' },
  'crl-sign-missing': { section: 'RFC 5280 §6.3.3(f)', severity: 'warning' },
  'crl-signature-invalid': { section: 'RFC 5280 §6.3.3(g)', severity: 'warning' },
  'crl-signature-algorithm-mismatch': { section: 'RFC 5280 §5.1.1.2', severity: 'warning' },
  'crl-signature-sha1': { section: 'RFC 6194 §3', severity: 'warning' },
  'crl-critical-extension-unknown': { section: 'RFC 5280 §5.2', severity: 'warning' },
  'crl-entry-critical-extension-unknown': { section: 'RFC 5280 §5.3', severity: 'warning' },
  'crl-delta-without-base': { section: 'RFC 5280 §5.2.4', severity: 'warning' },
  'crl-version-1': { section: 'RFC 5280 §5.1.2.1', severity: 'warning' },
  'crl-next-update-missing': { section: 'RFC 5280 §5.1.2.5', severity: 'warning' },
  'crl-number-missing': { section: 'RFC 5280 §5.2.3', severity: 'warning' },
  'crl-authority-key-identifier-missing': { section: 'RFC 5280 §5.2.1', severity: 'warning' },
  'crl-extension-critical': { section: 'RFC 5280 §5.2', severity: 'warning' },
  'crl-extension-not-critical': { section: 'RFC 5280 §5.2', severity: 'warning' },
  'ocsp-stale': { section: 'RFC 6960 §3.2', severity: 'warning' },
  'ocsp-not-yet-valid': { section: 'RFC 6960 §3.2', severity: 'warning' },
  'ocsp-produced-at': { section: 'RFC 6960 §2.4', severity: 'warning' },
  'ocsp-unknown': { section: 'RFC 6960 §2.2', severity: 'warning' },
  'ocsp-version-unknown': { section: 'RFC 6960 §4.2.1', severity: 'warning' },
  'ocsp-status-unreadable': { section: 'RFC 6960 §4.2.1', severity: 'error' },
  'ocsp-answer-imperfect': { section: 'RFC 6960 §4.2.1', severity: 'warning' },
  'ocsp-signature-invalid': { section: 'RFC 6960 §3.2', severity: 'warning' },
  'ocsp-signature-sha1': { section: 'RFC 6194 §3', severity: 'warning' },
  'ocsp-responder-missing': { section: 'RFC 6960 §4.2.2.2', severity: 'warning' },
  'ocsp-responder-not-authorized': { section: 'RFC 6960 §4.2.2.2', severity: 'warning' },
  'ocsp-signer-key-usage': { section: 'RFC 5280 §4.2.1.3', severity: 'warning' },
  'ocsp-critical-extension-unknown': { section: 'RFC 6960 §4.4', severity: 'warning' },

  // validate/
  'signature-invalid': { section: 'RFC 5280 §6.1.3(a)(1)', severity: 'error' },
  'signature-unchecked': { section: 'RFC 5280 §6.1.3(a)(1)', severity: 'error' },
  'signature-sha1': { section: 'RFC 9155', severity: 'error' },
  'signature-hash-broken': { section: 'RFC 6150, RFC 6151', severity: 'error' },
  'not-yet-valid': { section: 'RFC 5280 §6.1.3(a)(2)', severity: 'error' },
  expired: { section: 'RFC 5280 §6.1.3(a)(2)', severity: 'error' },
  'issuer-name-mismatch': { section: 'RFC 5280 §6.1.3(a)(4)', severity: 'error' },
  'name-not-permitted': { section: 'RFC 5280 §6.1.3(b)', severity: 'error' },
  'name-excluded': { section: 'RFC 5280 §6.1.3(c)', severity: 'error' },
  'name-constraint-unsupported': { section: 'RFC 5280 §4.2.1.10', severity: 'error' },
  'name-constraint-malformed': { section: 'RFC 5280 §4.2.1.10', severity: 'error' },
  'name-constraint-leading-dot': { section: 'RFC 5280 §4.2.1.10', severity: 'warning' },
  'constrained-name-malformed': { section: 'RFC 5280 §4.2.1.10', severity: 'error' },
  'policy-mapping-any': { section: 'RFC 5280 §6.1.4(a)', severity: 'error' },
  'explicit-policy-missing': { section: 'RFC 5280 §6.1.5(g)', severity: 'error' },
  'not-a-ca': { section: 'RFC 5280 §6.1.4(k)', severity: 'error' },
  'path-len-exceeded': { section: 'RFC 5280 §6.1.4(l)', severity: 'error' },
  'key-cert-sign-missing': { section: 'RFC 5280 §6.1.4(n)', severity: 'error' },
  'critical-extension-unknown': { section: 'RFC 5280 §6.1.5(f)', severity: 'error' },
  'policy-qualifier-unknown': { section: 'RFC 5280 §4.2.1.4', severity: 'error' },
  'extension-unprocessable': { section: 'RFC 5280 §4.2', severity: 'error' },
  'purpose-not-allowed': { section: 'RFC 5280 §4.2.1.12', severity: 'error' },
  'purpose-not-nested': { section: 'RFC 5280 §4.2.1.12', severity: 'error' },
  'time-stamping-purpose': { section: 'RFC 3161 §2.3', severity: 'error' },
  'key-usage-inconsistent': { section: 'RFC 5280 §4.2.1.12', severity: 'error' },
  'key-usage-unusual': { section: 'RFC 5280 §4.2.1.3', severity: 'notice' },
  'peer-name-mismatch': { section: 'RFC 9525 §6', severity: 'error' },
  'peer-name-unusable': { section: 'RFC 9525 §6', severity: 'error' },
  'common-name-ignored': { section: 'RFC 9525 §2', severity: 'notice' },
  'pin-mismatch': { section: 'RFC 7469 §2.4', severity: 'error' },
  'key-identifier-mismatch': { section: 'RFC 5280 §4.2.1.2', severity: 'error' },
  'authority-serial-mismatch': { section: 'RFC 5280 §4.2.1.1', severity: 'warning' },
  'issuer-missing': { section: 'RFC 5280 §6.1', severity: 'error' },
  'anchor-missing': { section: 'RFC 5280 §6.1.1(d)', severity: 'error' },
  'path-loop': { section: 'RFC 5280 §6.1', severity: 'error' },
  'depth-exceeded': { section: 'RFC 4158 §2.4.2', severity: 'error' },
  'budget-exhausted': { section: 'RFC 4158 §2.4.2', severity: 'error' },
}
