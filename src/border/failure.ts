import { isCodedError } from '../errors.ts'
import type { ErrorCode } from '../errors.ts'
import type { CodedFailure } from './words.ts'

/** Returns an error in the form that crosses to the page; a bug remains a bug. */
export function failureOf(error: unknown): CodedFailure {
  if (!isCodedError(error)) throw error
  return { code: error.code, detail: error.detail } as CodedFailure
}

/** Errors that end a run of many at once: the remaining items would fail too. */
const NO_RIGHT: readonly ErrorCode[] = [
  'authority-retired',
  'authority-replaced',
  'authority-renewed',
  'authority-revoked',
  'key-destroyed',
  'key-elsewhere',
]
const ENDING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  ...NO_RIGHT,
  'key-locked',
  'vault-locked',
  'storage-full',
  'store-changed',
])

/** Returns true if a CA may not sign, or no longer may. */
export const hasNoRight = (error: unknown): boolean => isCodedError(error) && NO_RIGHT.includes(error.code)

export const endsRun = (error: unknown): boolean => isCodedError(error) && ENDING.has(error.code)
