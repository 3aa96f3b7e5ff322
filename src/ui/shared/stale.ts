import { isCodedError } from '../../errors.ts'

const STALE: readonly string[] = ['token-expired', 'token-unknown', 'authority-renewed', 'authority-revoked']

/** What was prepared can no longer be signed as it was shown; prepared anew, perhaps it can. */
export const isStale = (error: unknown): boolean => isCodedError(error) && STALE.includes(error.code)
