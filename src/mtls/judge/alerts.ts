import type { Finding, FindingCode } from '../../findings.ts'
import type { Refusal } from './judgement.ts'
import { ALERT, TLS13, type TlsVersion } from '../wire/code-points.ts'

/** Findings for which RFC 8446 §6.2 has an alert; `certificate_unknown` is for all others. */
const ALERT_OF: { readonly [C in FindingCode]?: number } = {
  expired: ALERT.certificateExpired,
  'not-yet-valid': ALERT.certificateExpired,
  revoked: ALERT.certificateRevoked,
  'on-hold': ALERT.certificateRevoked,
  'listed-on-unusable': ALERT.certificateRevoked,
  'issuer-missing': ALERT.unknownCa,
  'anchor-missing': ALERT.unknownCa,
  'signature-invalid': ALERT.badCertificate,
  // RFC 8446 §4.4.2.4: MUST for MD5, RECOMMENDED for SHA-1.
  'signature-hash-broken': ALERT.badCertificate,
  'signature-sha1': ALERT.badCertificate,
}

/** Of several faults, the one that the alert names: what nobody disputes before what a library may weigh. */
const ORDER: readonly number[] = [
  ALERT.badCertificate,
  ALERT.unknownCa,
  ALERT.certificateExpired,
  ALERT.certificateRevoked,
  ALERT.certificateUnknown,
]

/** Returns the alert that RFC 8446 §6.2 has for a refusal; null if nothing is said in TLS. */
export function alertOf(refusal: Refusal, version: TlsVersion): number | null {
  switch (refusal.why) {
    case 'no-certificate':
      // RFC 5246 §7.4.6 has handshake_failure; RFC 8446 §4.4.2.4 certificate_required, and decode_error for servers.
      if (refusal.from === 'server') return ALERT.decodeError
      return version === TLS13 ? ALERT.certificateRequired : ALERT.handshakeFailure
    case 'unreadable':
      return ALERT.badCertificate
    case 'chain':
      return alertOfFindings(refusal.findings)
    case 'undecided':
    case 'key-usage':
      return ALERT.certificateUnknown
    case 'staple':
      return ALERT.badCertificateStatusResponse
    case 'possession':
      return ALERT.decryptError
    case 'rule':
      return ALERT.accessDenied
  }
}

function alertOfFindings(findings: readonly Finding[]): number {
  const alerts = findings.map(({ code }) => ALERT_OF[code] ?? ALERT.certificateUnknown)
  return ORDER.find((each) => alerts.includes(each)) ?? ALERT.certificateUnknown
}
