import { CodedError } from '../errors.ts'
import type { CrlReason } from '../x509/revoked-entry.ts'
import { wholeSecond } from '../time.ts'

/** That a certificate is revoked, or on hold, as its next list will say (RFC 5280 §5.3). */
export interface Revocation {
  readonly since: Date
  /** Null: unspecified (§5.3.1). */
  readonly reason: CrlReason | null
  /** When the key is thought to have been lost, if that is known (§5.3.2). */
  readonly invalidityDate: Date | null
}

/** Reasons an operator can give; a hold and its end are acts of their own. */
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

/** Revokes for good, from hold too. What is revoked stays so: the standard has no way back (§5.3.1). */
export function revoke(before: Revocation | null, { reason, invalidityDate, at }: RevocationAct): Revocation {
  if (before && before.reason !== 'certificateHold')
    throw new CodedError('revocation-already', { since: before.since })
  if (invalidityDate && invalidityDate > at)
    throw new CodedError('revocation-invalidity-in-future', { invalidityDate, at })
  return {
    since: wholeSecond(at),
    reason: reason === 'unspecified' ? null : reason,
    // As a list writes it, so that what is read back from one is the same.
    invalidityDate: invalidityDate && wholeSecond(invalidityDate),
  }
}

/** Puts a certificate on hold: the one revocation that can be taken back (§5.3.1). */
export function putOnHold(before: Revocation | null, at: Date): Revocation {
  if (before) throw new CodedError('revocation-already', { since: before.since })
  return { since: wholeSecond(at), reason: 'certificateHold', invalidityDate: null }
}

/** Takes a certificate off hold; the next list leaves it out, the next delta says removeFromCRL. */
export function takeOffHold(before: Revocation | null): null {
  if (before?.reason !== 'certificateHold') throw new CodedError('revocation-not-on-hold', null)
  return null
}
