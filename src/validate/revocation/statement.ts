import type { Finding } from '../../findings.ts'
import type { CrlReason } from '../../x509/revoked-entry.ts'
import { compareIntegers } from './delta.ts'
import type { ReasonsMask } from './reasons.ts'

/** What one list or response says of one certificate. */
export type Says =
  | {
      readonly status: 'revoked'
      readonly since: Date
      readonly reason: CrlReason | null
      readonly invalidityDate: Date | null
    }
  | { readonly status: 'on-hold'; readonly since: Date }
  /** Taken off hold: removeFromCRL (RFC 5280 §5.3.1). */
  | { readonly status: 'removed' }
  | { readonly status: 'good' }
  | { readonly status: 'unknown' }
  /** About the certificate, and not to be read. */
  | { readonly status: 'unreadable' }
  /** A delta that does not name it leaves what was said before. */
  | { readonly status: 'nothing' }

interface Listed {
  readonly reason: CrlReason | null
  /** Null where it cannot be read: no more is known than that it was revoked when that was said. */
  readonly since: Date | null
  readonly invalidityDate: Date | null
}

/** What is said of one that is listed, by what was said on `thisUpdate` and is asked for `at`. */
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

/** Why a statement may not be used by the letter, although its signature holds. */
export type Forbidden =
  'critical-extension' | 'delta-without-base' | 'scope' | 'hash-unknown' | 'signature-unchecked'

/** A statement whose signature holds, by somebody who may make it; or one that may not be used, and speaks all the same. */
export interface Statement {
  readonly source: 'crl' | 'ocsp'
  /** Issuer, key and scope: within these a later statement takes the place of an earlier one (RFC 5280 §5.2.3). */
  readonly series: string
  readonly says: Says
  readonly thisUpdate: Date
  /** cRLNumber, content octets. */
  readonly number: Uint8Array | null
  readonly isDelta: boolean
  /** Of which reasons it speaks. */
  readonly reasons: ReasonsMask
  readonly standing: 'current' | 'stale' | 'future'
  readonly forbidden: Forbidden | null
  /** Whether "good" or "removed" may be believed of it: no forgeable signature, no scope that cannot be read. */
  readonly isSound: boolean
}

/** A list or response that was looked at: what it is, what it says, and what is wrong with it. */
export interface StatusSource {
  readonly kind: 'list' | 'delta' | 'response'
  readonly thisUpdate: Date
  readonly nextUpdate: Date | null
  readonly producedAt: Date | null
  readonly cRLNumber: string | null
  readonly entries: number | null
  readonly onlySomeReasons: readonly string[] | null
  /** Null where it was not asked: out of scope, not signed by who may, or not needed. */
  readonly says: Says['status'] | null
  /** How far it came: the step that put it aside, or `used`. */
  readonly stage: 'scope' | 'not-needed' | 'signer' | 'forbidden' | 'stale' | 'future' | 'weak' | 'used'
  /** Faults of the list, the response or its signer: the certificate has no part in them. */
  readonly findings: readonly Finding[]
}

/** Whether `a` was said after `b`: by thisUpdate, then by number, which counts in one series alone; a delta after the complete list that it is laid over. */
export function isNewer(a: Statement, b: Statement): boolean {
  const later = a.thisUpdate.getTime() - b.thisUpdate.getTime()
  if (later !== 0) return later > 0
  const number = a.series === b.series && a.number && b.number ? compareIntegers(a.number, b.number) : 0
  return number !== 0 ? number > 0 : a.isDelta && !b.isDelta
}
