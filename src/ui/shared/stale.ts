import { hasNoRight } from '../../border/failure.ts'
import { isCodedError } from '../../errors.ts'

const STALE: readonly string[] = ['token-expired', 'token-unknown', 'authority-renewed', 'authority-revoked']

/** Returns true if what was prepared can no longer be signed as shown, but may be after preparing it again. */
export const isStale = (error: unknown): boolean => isCodedError(error) && STALE.includes(error.code)

/** Returns true if its CA does not sign it, however often it is prepared. */
export const isRefusedForGood = (error: unknown): boolean => hasNoRight(error) && !isStale(error)
