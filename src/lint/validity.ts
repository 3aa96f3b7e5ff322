import { DAY } from '../time.ts'

/** The length of a validity, and its limits. Both ends count (RFC 5280 §4.1.2.5). */

/** Days begun: the last second counts, so exactly n days after notBefore is day n + 1. */
export const validityDays = (notBefore: Date, notAfter: Date): number =>
  Math.ceil((notAfter.getTime() - notBefore.getTime() + 1000) / DAY)

/** Day counts used as limits by various policies. */
export const LIMIT_DAYS: ReadonlySet<number> = new Set([46, 47, 99, 100, 199, 200, 397, 398, 825])

/** 99991231235959Z: no well-defined end (§4.1.2.5). */
export const NEVER = Date.UTC(9999, 11, 31, 23, 59, 59)

const STEPS = [
  { from: Date.UTC(2029, 2, 15), days: 47 },
  { from: Date.UTC(2027, 2, 15), days: 100 },
  { from: Date.UTC(2026, 2, 15), days: 200 },
]

/**
 * Returns the days that a public TLS server certificate issued at this date may be valid (BR 6.3.2); one day less is
 * advised.
 */
export const publicTlsDays = (issuedAt: Date): number =>
  STEPS.find(({ from }) => issuedAt.getTime() >= from)?.days ?? 398
