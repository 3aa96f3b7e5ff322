import { REASON_FLAGS } from '../../x509/extensions/distribution-points.ts'
import type { ReasonFlag } from '../../x509/extensions/distribution-points.ts'

/** A set of reasons as bits, numbered as in ReasonFlags (RFC 5280 §4.2.1.13). */
export type ReasonsMask = number

export const NO_REASONS: ReasonsMask = 0
/** §6.3.1: all-reasons, bits 1 to 8. */
export const ALL_REASONS: ReasonsMask = 0b1_1111_1110

export function reasonsMask(reasons: ReadonlySet<ReasonFlag> | null): ReasonsMask {
  if (reasons === null) return ALL_REASONS
  let mask = 0
  REASON_FLAGS.forEach((reason, bit) => {
    if (bit > 0 && reasons.has(reason)) mask |= 1 << bit
  })
  return mask
}

export function reasonsIn(mask: ReasonsMask): ReasonFlag[] {
  return REASON_FLAGS.filter((_reason, bit) => bit > 0 && (mask & (1 << bit)) !== 0)
}
