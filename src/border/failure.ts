import { isCodedError } from '../errors.ts'
import type { ErrorCode } from '../errors.ts'
import type { CodedFailure } from './words.ts'

/** An error as it crosses to the page; a bug stays a bug. */
export function failureOf(error: unknown): CodedFailure {
  if (!isCodedError(error)) throw error
  return { code: error.code, detail: error.detail } as CodedFailure
}

/** What ends a run of many at once: none of those that are left would fare better. */
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
])

/** A CA that may not sign, or not any more. */
export const hasNoRight = (error: unknown): boolean => isCodedError(error) && NO_RIGHT.includes(error.code)

export const endsRun = (error: unknown): boolean => isCodedError(error) && ENDING.has(error.code)
