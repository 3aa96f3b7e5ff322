/**
 * The transcript of a ceremony: one JSON text a line, each with the SHA-256 of the line before it. A line is written in
 * one form only (no spaces, `sequence` first, `previous` last), so that a shell can check the chain.
 */
import { CodedError, type ErrorDetails } from '../errors.ts'
import { strictUtf8, utf8 } from '../octets.ts'
import { sha256Hex } from '../webcrypto/signature.ts'

/** What a line may hold: codes, hashes and numbers, and texts as somebody typed them. */
export type LineValue = string | number | boolean | null | readonly (string | number)[]

/** A line to be added. */
export interface LineDraft {
  readonly at: Date
  readonly kind: 'live' | 'rehearsal'
  /** The step of the plan (id); empty outside steps. */
  readonly step: string
  /** What happened: a code. */
  readonly event: string
  /** What else there is to say, in this order; not named as any of the others. */
  readonly more?: Readonly<Record<string, LineValue>>
}

export interface TranscriptLine extends Required<LineDraft> {
  readonly sequence: number
  /** In lower-case hex. */
  readonly previous: string
}

/** The end of a transcript: how many lines it has, and the SHA-256 of the last one in lower-case hex. */
export interface TranscriptHead {
  readonly sequence: number
  readonly hash: string
}

export const TRANSCRIPT_LIMITS = { octets: 16 << 20, lines: 20_000, line: 64 << 10 } as const
/** Before the first line. */
export const NO_LINES: TranscriptHead = { sequence: 0, hash: '0'.repeat(64) }

const NAMES = ['sequence', 'at', 'kind', 'step', 'event', 'previous']
const CODE = /^[a-z][a-z0-9-]{0,39}$/
const MORE_NAME = /^[a-z][A-Za-z0-9]{0,39}$/
const AT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** Returns the next line, also as its text without the newline, and the head after it. A line that could not be read again is a bug. */
export async function appendLine(
  head: TranscriptHead,
  { at, kind, step, event, more = {} }: LineDraft,
): Promise<{ text: string; line: TranscriptLine; head: TranscriptHead }> {
  const sequence = head.sequence + 1
  const written = { sequence, at: at.toISOString(), kind, step, event, ...more, previous: head.hash }
  const text = JSON.stringify(written)
  return { text, line: readLine(text, sequence), head: { sequence, hash: await lineHash(text) } }
}

/** Returns all lines and the head; throws transcript-invalid with the number of the first line that is not what it should be. */
export async function readTranscript(
  octets: Uint8Array,
): Promise<{ lines: TranscriptLine[]; head: TranscriptHead }> {
  if (octets.length > TRANSCRIPT_LIMITS.octets) throw invalid(1, 'too-large')
  const text = strictUtf8(octets)
  if (text === null) throw invalid(1, 'encoding')
  const texts = text.split('\n')
  if (texts.pop() !== '') throw invalid(texts.length + 1, 'end')
  if (texts.length > TRANSCRIPT_LIMITS.lines) throw invalid(TRANSCRIPT_LIMITS.lines + 1, 'too-many')
  const lines: TranscriptLine[] = []
  let head = NO_LINES
  for (const each of texts) {
    const sequence = head.sequence + 1
    const line = readLine(each, sequence)
    if (line.previous !== head.hash) throw invalid(sequence, 'chain')
    if (lines[0] && line.kind !== lines[0].kind) throw invalid(sequence, 'form')
    lines.push(line)
    head = { sequence, hash: await lineHash(each) }
  }
  return { lines, head }
}

const lineHash = async (text: string): Promise<string> => await sha256Hex(utf8(text))

/** Returns one line; throws transcript-invalid if it is not of the one form, or of another number. */
function readLine(text: string, number: number): TranscriptLine {
  if (text.length > TRANSCRIPT_LIMITS.line) throw invalid(number, 'too-large')
  const value = parsed(text)
  // A member that is there twice, a space, another escape: written again, the text is another one.
  if (value === null || JSON.stringify(value) !== text) throw invalid(number, 'form')
  const { sequence, at, kind, step, event, previous, ...more } = value
  if (sequence !== number) throw invalid(number, 'sequence')
  const names = Object.keys(value)
  const isOrdered = [...names.slice(0, 5), names.at(-1)].join() === NAMES.join()
  const isFormed =
    isText(at, AT) &&
    (kind === 'live' || kind === 'rehearsal') &&
    (step === '' || isText(step, MORE_STEP)) &&
    isText(event, CODE) &&
    isText(previous, /^[0-9a-f]{64}$/)
  if (!isOrdered || !isFormed || !Object.entries(more).every(isMore)) throw invalid(number, 'form')
  const date = new Date(at)
  if (Number.isNaN(date.getTime()) || date.toISOString() !== at) throw invalid(number, 'form')
  return { sequence: number, at: date, kind, step, event, more: more as TranscriptLine['more'], previous }
}

/** Ids of the plan. */
const MORE_STEP = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

const isText = (value: unknown, form: RegExp): value is string =>
  typeof value === 'string' && form.test(value)

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

const isMore = ([name, value]: [string, unknown]): boolean =>
  MORE_NAME.test(name) && (isScalar(value) || (Array.isArray(value) && value.every(isTextOrNumber)))

const isScalar = (value: unknown): boolean =>
  value === null || typeof value === 'boolean' || isTextOrNumber(value)

const isTextOrNumber = (value: unknown): boolean =>
  typeof value === 'string' || (typeof value === 'number' && Number.isSafeInteger(value))

const invalid = (line: number, reason: ErrorDetails['transcript-invalid']['reason']): CodedError =>
  new CodedError('transcript-invalid', { line, reason })
