import { DAY } from '../time.ts'

/** The length of a validity, and its limits. Both ends count (RFC 5280 §4.1.2.5). */

/** Days begun: the last second counts, so exactly n days after notBefore is day n + 1. */
export const validityDays = (notBefore: Date, notAfter: Date): number =>
  Math.ceil((notAfter.getTime() - notBefore.getTime() + 1000) / DAY)

/** Day counts used as limits by various policies. */
export const LIMIT_DAYS: ReadonlySet<number> = new Set([46, 47, 99, 100, 199, 200, 397, 398, 825])

/** Apple accepts no TLS server certificate that is valid longer, from any root (support.apple.com/103769). */
export const APPLE_TLS_DAYS = 825

/** 99991231235959Z: no well-defined end (§4.1.2.5). */
export const NEVER = Date.UTC(9999, 11, 31, 23, 59, 59)

/** Days that a TLS server certificate issued on or after a date may be valid. */
export interface PublicTlsLimit {
  readonly from: Date
  readonly days: number
}

/** BR §6.3.2 (since ballot SC-081v3) and its earlier versions, the latest first. */
const PUBLIC_TLS_LIMITS: readonly PublicTlsLimit[] = (
  [
    ['2029-03-15', 47],
    ['2027-03-15', 100],
    ['2026-03-15', 200],
    ['2020-09-01', 398],
    ['2018-03-01', 825],
    ['2015-04-01', 1187], // 39 months
    ['2012-07-01', 1827], // 60 months
  ] as const
).map(([from, days]) => ({ from: new Date(`${from}T00:00:00Z`), days }))

/** Returns the limit of a public TLS server certificate issued at this date; one day less is advised (BR 6.3.2). */
export const publicTlsLimit = (issuedAt: Date): PublicTlsLimit | undefined =>
  PUBLIC_TLS_LIMITS.find(({ from }) => issuedAt >= from)

/** Returns the next limit that is decided, if there is one. */
export const nextPublicTlsLimit = (at: Date): PublicTlsLimit | undefined =>
  PUBLIC_TLS_LIMITS.findLast(({ from }) => from > at)
