import { CodedError } from '../errors.ts'
import type { CrlReason } from '../x509/revoked-entry.ts'
import { wholeSecond } from '../time.ts'

/** The revocation or hold of a certificate, as its next list will contain it (RFC 5280 §5.3). */
export interface Revocation {
  readonly since: Date
  /** Null: unspecified (§5.3.1). */
  readonly reason: CrlReason | null
  /** When the key is believed to have been compromised, if that is known (§5.3.2). */
  readonly invalidityDate: Date | null
}

/** Reasons an operator can choose; a hold and its release are separate operations. */
export const REVOCATION_REASONS = {
  endEntity: [
    'unspecified',
    'keyCompromise',
    'affiliationChanged',
    'superseded',
    'cessationOfOperation',
    'privilegeWithdrawn',
  ],
  ca: ['unspecified', 'cACompromise', 'affiliationChanged', 'superseded', 'cessationOfOperation'],
} as const satisfies Record<string, readonly CrlReason[]>
export type RevocationReason = (typeof REVOCATION_REASONS)['endEntity' | 'ca'][number]

export interface RevocationAct {
  readonly reason: RevocationReason
  readonly invalidityDate: Date | null
  readonly at: Date
}

/** Revokes permanently, also from hold. The standard has no way to undo it (§5.3.1). */
export function revoke(before: Revocation | null, { reason, invalidityDate, at }: RevocationAct): Revocation {
  if (before && before.reason !== 'certificateHold')
    throw new CodedError('revocation-already', { since: before.since })
  if (invalidityDate && invalidityDate > at)
    throw new CodedError('revocation-invalidity-in-future', { invalidityDate, at })
  return {
    since: wholeSecond(at),
    reason: reason === 'unspecified' ? null : reason,
    // In a list's precision, so that a date read back from a list is equal.
    invalidityDate: invalidityDate && wholeSecond(invalidityDate),
  }
}

/** Puts a certificate on hold: the only revocation that can be undone (§5.3.1). */
export function putOnHold(before: Revocation | null, at: Date): Revocation {
  if (before) throw new CodedError('revocation-already', { since: before.since })
  return { since: wholeSecond(at), reason: 'certificateHold', invalidityDate: null }
}

/** Takes a certificate off hold; the next list omits it, the next delta contains removeFromCRL. */
export function takeOffHold(before: Revocation | null): null {
  if (before?.reason !== 'certificateHold') throw new CodedError('revocation-not-on-hold', null)
  return null
}
