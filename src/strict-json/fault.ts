/** What can be wrong with any file that is read strictly: each kind of file has these codes with its own name before them. */
import type { ErrorCode } from '../errors.ts'
import { pathOf, type Json } from './json.ts'

/** Code without the name of the file's kind → detail; `What` is what is counted in files of that kind. */
export interface CommonFaults<What extends string = never> {
  'too-large': { size: number; limit: number }
  'not-utf8': null
  /** What is there instead of JSON; null: the end of the file. */
  'not-json': { found: string | null }
  'too-deep': { limit: number }
  'too-many-values': { limit: number }
  'key-twice': { key: string }
  /** JSON, but not this format. */
  foreign: null
  newer: { found: number; known: number }

  'key-unknown': { key: string; keys: readonly string[] }
  'key-missing': { key: string }
  type: { expected: ValueKind }
  choice: { text: string; choices: readonly string[] }
  number: { least: number; most: number }
  'too-many': { what: What; count: number; limit: number }
  empty: { what: What }
  'too-long': { length: number; limit: number }
  text: { character: string }
  time: { text: string }

  'pem-none': { label: string }
  'pem-text': { line: number }
  'pem-cut': { label: string }
  'pem-base64': { line: number }
  'pem-label': { found: string; label: string }
  /** `offset`: where in its octets; null if it is wrong as a whole. */
  unreadable: { what: 'certificate' | 'list' | 'key'; reason: ErrorCode; offset: number | null }
}
export type CommonCode = keyof CommonFaults

export type ValueKind = 'record' | 'list' | 'text' | 'number' | 'flag'

/** The codes of one kind of file: the common ones, named after it, and its own. */
export type FaultTable<Family extends string, What extends string, Own = unknown> = {
  [C in CommonCode as `${Family}-${C}`]: CommonFaults<What>[C]
} & Own

/** One code of a table with its detail. */
export type CodedFault<Table> = {
  [C in keyof Table]: { readonly code: C; readonly detail: Table[C] }
}[keyof Table]

/** One fault and its place: a path like `client.sends[0]`, empty for the whole file; lines from 1. */
export type Fault<Table> = CodedFault<Table> & { readonly path: string; readonly line: number | null }

const MOST_SHOWN = 64
/** What a file shows of itself in a fault: short, and nothing that changes how text is displayed. */
export const shown = (text: string): string =>
  `${text.slice(0, MOST_SHOWN)}${text.length > MOST_SHOWN ? '…' : ''}`.replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    '\ufffd',
  )

/** More are not listed. */
const MOST_FAULTS = 50

/** What notes the faults that any file can have, and those of counts. */
export interface Notes<What extends string = never> {
  /** Notes what is wrong with a value, by the code that every kind of file has. */
  readonly note: <C extends CommonCode>(at: Json, code: C, detail: CommonFaults<What>[C]) => undefined
}

/** Collects what is wrong with a file of one kind. */
export interface Faults<Family extends string, What extends string, Own = unknown> extends Notes<What> {
  readonly found: readonly Fault<FaultTable<Family, What, Own>>[]
  /** Notes what is wrong with a value, by a code of this kind of file. */
  readonly add: <C extends keyof FaultTable<Family, What, Own>>(
    at: Json,
    code: C,
    detail: FaultTable<Family, What, Own>[C],
  ) => undefined
}

/** Begins to collect. */
export function newFaults<Family extends string, What extends string, Own = unknown>(
  family: Family,
): Faults<Family, What, Own> {
  type One = Fault<FaultTable<Family, What, Own>>
  const found: One[] = []
  const add = (at: Json, code: PropertyKey, detail: unknown): undefined => {
    // A code and its own detail; TypeScript does not follow that through the union.
    if (found.length < MOST_FAULTS)
      found.push({ code, detail, path: shownPath(at), line: at.line } as unknown as One)
    return undefined
  }
  return { found, add, note: (at, code, detail) => add(at, `${family}-${code}`, detail) }
}

const shownPath = (at: Json): string =>
  pathOf(at)
    .map((part) => (typeof part === 'number' ? `[${String(part)}]` : `.${shown(part)}`))
    .join('')
    .replace(/^\./, '')
