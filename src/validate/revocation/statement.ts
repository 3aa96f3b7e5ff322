import type { Finding, FindingDetails } from '../../findings.ts'
import type { CrlReason } from '../../x509/revoked-entry.ts'
import { compareIntegers } from './delta.ts'
import type { ReasonsMask } from './reasons.ts'

/** The status that one CRL or response gives one certificate. */
export type Says =
  | {
      readonly status: 'revoked'
      readonly since: Date
      readonly reason: CrlReason | null
      readonly invalidityDate: Date | null
    }
  | { readonly status: 'on-hold'; readonly since: Date }
  /** Released from hold: removeFromCRL (RFC 5280 §5.3.1). */
  | { readonly status: 'removed' }
  | { readonly status: 'good' }
  | { readonly status: 'unknown' }
  /** It is about the certificate, but cannot be parsed. */
  | { readonly status: 'unreadable' }
  /** A delta CRL that does not name it leaves the earlier status unchanged. */
  | { readonly status: 'nothing' }

interface Listed {
  readonly reason: CrlReason | null
  /** Null if it cannot be parsed: all that is known is that it was revoked by the time of the statement. */
  readonly since: Date | null
  readonly invalidityDate: Date | null
}

/** Returns what a listing means at `at`, given that it was published on `thisUpdate`. */
export function listedAs(
  { reason, since: told, invalidityDate }: Listed,
  thisUpdate: Date,
  at: Date,
): Extract<Says, { status: 'revoked' | 'on-hold' }> {
  const since = told ?? (thisUpdate > at ? at : thisUpdate)
  return reason === 'certificateHold'
    ? { status: 'on-hold', since }
    : { status: 'revoked', since, reason, invalidityDate }
}

/** Why a statement must not be used by the RFC, although its signature is valid. */
export type Forbidden = FindingDetails['listed-on-unusable']['why']

/**
 * A statement validly signed by an authorized signer; or one that must not be used, but still counts against the
 * certificate.
 */
export interface Statement {
  readonly source: 'crl' | 'ocsp'
  /** Issuer, key and scope: within these, a later statement replaces an earlier one (RFC 5280 §5.2.3). */
  readonly series: string
  readonly says: Says
  readonly thisUpdate: Date
  /** cRLNumber, content octets. */
  readonly number: Uint8Array | null
  readonly isDelta: boolean
  /** The reasons that it covers. */
  readonly reasons: ReasonsMask
  readonly standing: 'current' | 'stale' | 'future'
  readonly forbidden: Forbidden | null
  /** Whether it may say "good" or "removed": its signature cannot be forged, and its scope can be parsed. */
  readonly isSound: boolean
}

/** A CRL or response that was consulted: what it is, what it says, and what is wrong with it. */
export interface StatusSource {
  readonly kind: 'list' | 'delta' | 'response'
  readonly thisUpdate: Date
  readonly nextUpdate: Date | null
  readonly producedAt: Date | null
  readonly cRLNumber: string | null
  readonly entries: number | null
  readonly onlySomeReasons: readonly string[] | null
  /** Null if it was not evaluated: out of scope, not signed by an authorized signer, or not needed. */
  readonly says: Says['status'] | null
  /** How far it got: the step that set it aside, or `used`. */
  readonly stage: 'scope' | 'not-needed' | 'signer' | 'forbidden' | 'stale' | 'future' | 'weak' | 'used'
  /** Faults of the CRL, the response or its signer: they are not the certificate's. */
  readonly findings: readonly Finding[]
}

/**
 * Whether `a` is later than `b`: by thisUpdate, then by number, which counts only within one series. A delta CRL with
 * the number of a complete one is not: it must say the same (RFC 5280 §5.2.4).
 */
export function isNewer(a: Statement, b: Statement): boolean {
  const later = a.thisUpdate.getTime() - b.thisUpdate.getTime()
  if (later !== 0) return later > 0
  return (
    a.series === b.series && a.number !== null && b.number !== null && compareIntegers(a.number, b.number) > 0
  )
}
