import { isCodedError, type CodedError, type ErrorCode } from '../errors.ts'
import type { Finding } from '../findings.ts'
import { en } from './en.ts'

export type Messages = typeof en

/** The language in use. */
export const messages: Messages = en

/** Returns the sentence of a coded error. Anything else is a bug and is reported as one. */
export function errorSentence(error: unknown): string {
  if (!isCodedError(error)) return `Something went wrong inside Rootcellar: ${String(error)}`
  return codedSentence(error)
}

function codedSentence<C extends ErrorCode>(error: CodedError<C>): string {
  return messages.errors[error.code](error.detail)
}

/** Returns the sentence of `finding`; `certificate` is the name to call it by. */
export function findingSentence(finding: Finding, certificate: string): string {
  // A mapped union cannot be indexed by its own discriminant in a way TypeScript follows; the tables are typed.
  const sentence = messages.findings[finding.code] as (
    detail: Finding['detail'],
    certificate: string,
  ) => string
  return sentence(finding.detail, certificate)
}

/** Returns what would fix it, or null if that is not known. */
export function findingMend(finding: Finding, certificate: string): string | null {
  const mend = messages.mends[finding.code] as
    ((detail: Finding['detail'], certificate: string) => string) | undefined
  return mend ? mend(finding.detail, certificate) : null
}
