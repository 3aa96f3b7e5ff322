import { isCodedError, type CodedError, type ErrorCode, type ErrorDetails } from '../errors.ts'
import type { Finding } from '../findings.ts'
import type { en } from './en.ts'
import type { Headed } from './en/headlines.ts'
import { safeLine } from './safe-text.ts'

/** A language: every word a person reads. */
export type Messages = InAnyWords<typeof en>

/** The same with any text in the place of each. */
type InAnyWords<T> = T extends string
  ? string
  : T extends (...data: never) => unknown
    ? T
    : { readonly [K in keyof T]: InAnyWords<T[K]> }

let spoken: Messages | null = null

/** Chooses the language, once, before anything is shown. */
export function speak(language: Messages): void {
  spoken = language
}

/**
 * Returns the words of the chosen language. A component asks when it is made and a function when it is called; a module
 * that asks while it is loaded would be too early, and fails.
 */
export function messages(): Messages {
  if (spoken === null) throw new Error('words are wanted before a language is chosen')
  return spoken
}

/**
 * Returns the sentence of a coded error, on one line, with nothing unseen in it: it may hold names from certificates and
 * files. Anything else is a bug and is reported as one.
 */
export function errorSentence(error: unknown): string {
  return safeLine(isCodedError(error) ? codedSentence(error) : messages().bug(String(error)), LONGEST)
}

/** Of a sentence. */
const LONGEST = 2000

type Sentences = Partial<Record<ErrorCode, (detail: never) => string>>

let further: Sentences = {}

/** Adds the sentences of errors that come with a pack, in the language that is spoken. */
export function speakOf(errors: Sentences): void {
  further = { ...further, ...errors }
}

function codedSentence<C extends ErrorCode>({ code, detail }: CodedError<C>): string {
  const all: Sentences = { ...further, ...messages().errors }
  const sentence = all[code] as ((detail: ErrorDetails[C]) => string) | undefined
  return sentence ? sentence(detail) : messages().bug(code)
}

/** Returns the sentence of `finding`; `certificate` is the name to call it by. */
export function findingSentence(finding: Finding, certificate: string): string {
  // A mapped union cannot be indexed by its own discriminant in a way TypeScript follows; the tables are typed.
  const sentence = messages().findings[finding.code] as (
    detail: Finding['detail'],
    certificate: string,
  ) => string
  return sentence(finding.detail, certificate)
}

/** Returns what would fix it, or null if that is not known. */
export function findingFix(finding: Finding, certificate: string): string | null {
  const fix = messages().fixes[finding.code] as
    ((detail: Finding['detail'], certificate: string) => string) | undefined
  return fix ? fix(finding.detail, certificate) : null
}

/** Returns the finding in a few words, for a headline; null where its own sentence has to do. */
export function findingHeadline(finding: Finding, of: Headed): string | null {
  const headline = messages().headlines[finding.code] as
    ((detail: Finding['detail'], of: Headed) => string | null) | undefined
  return headline ? headline(finding.detail, of) : null
}
