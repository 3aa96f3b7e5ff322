/** Certificates, lists, responses and keys as a file has them: PEM in text, strictly. */
import { isCodedError, offsetOf, type CodedError } from '../errors.ts'
import { fromBase64, toBase64 } from '../octets.ts'
import { encodePem, type PemLabel } from '../x509/pem.ts'
import { shown, type CommonFaults, type Notes } from './fault.ts'
import type { Json } from './json.ts'
import { isCountFine, textOf, type Form } from './shape.ts'

/** The file's own limit holds for each text. */
const MOST_CHARACTERS = 8 * 1024 * 1024
const BOUNDARY = /^-----(BEGIN|END) ([A-Z0-9 ]{1,64})-----$/

/** Returns the octets of each block: nothing else is around them, and all have this label. */
function blocksOf(text: string, label: PemLabel, at: Json, faults: Notes): Uint8Array[] | undefined {
  const blocks: Uint8Array[] = []
  let open: string[] | null = null
  for (const [i, line] of text.split('\n').entries()) {
    const bare = line.trimEnd()
    const [, edge, found = ''] = (bare.startsWith('-----') && BOUNDARY.exec(bare)) || []
    if (edge !== undefined && found !== label)
      return faults.note(at, 'pem-label', { found: shown(found), label })
    if (edge === undefined && open === null && bare.trim() === '') continue
    if (edge === undefined && open !== null) {
      open.push(bare)
      continue
    }
    if ((edge === 'BEGIN') !== (open === null)) return faults.note(at, 'pem-text', { line: i + 1 })
    if (open === null) open = []
    else {
      const octets = octetsOf(open.join(''))
      if (!octets) return faults.note(at, 'pem-base64', { line: i - open.length + 1 })
      blocks.push(octets)
      open = null
    }
  }
  if (open !== null) return faults.note(at, 'pem-cut', { label })
  return blocks.length > 0 ? blocks : faults.note(at, 'pem-none', { label })
}

/** Only the one text that is written for these octets. */
function octetsOf(base64: string): Uint8Array | null {
  const octets = fromBase64(base64)
  return octets && octets.length > 0 && toBase64(octets) === base64 ? octets : null
}

/** What some octets are; `what` names it in faults. */
export interface Kind<T, What extends string> {
  readonly label: PemLabel
  readonly what: CommonFaults['unreadable']['what']
  readonly counted: What
  readonly parse: (der: Uint8Array) => T
  readonly derOf: (value: T) => Uint8Array
}

/** A list of texts, each with one block or more: of the certificates in a file, say. */
export const pemList = <T, What extends string>(
  kind: Kind<T, What>,
  limit: number,
): Form<readonly T[], Notes & Notes<What>> => ({
  read: (at, faults) => {
    if (at.kind !== 'list') return faults.note(at, 'type', { expected: 'list' })
    const read = at.of.map((each) => blocksAt(each, kind, limit, faults))
    const all = read.flatMap((blocks) => blocks ?? [])
    if (read.includes(undefined) || !isCountFine(at, all.length, kind.counted, limit, 0, faults))
      return undefined
    const parsed = all.map(({ der, at: place }) => parsedAt(der, kind, place, faults))
    return parsed.includes(undefined) ? undefined : (parsed as readonly T[])
  },
  write: (values) => values.map((value) => encodePem(kind.label, kind.derOf(value))),
})

function blocksAt<T, What extends string>(
  at: Json,
  { label, counted }: Kind<T, What>,
  limit: number,
  faults: Notes & Notes<What>,
) {
  const text = textOf(at, MOST_CHARACTERS, faults)
  const blocks = text === undefined ? undefined : blocksOf(text, label, at, faults)
  if (!blocks || !isCountFine(at, blocks.length, counted, limit, 0, faults)) return undefined
  return blocks.map((der) => ({ der, at }))
}

/** One text with one block. */
export const pem = <T, What extends string>(
  kind: Kind<T, What>,
  limit = MOST_CHARACTERS,
): Form<T, Notes & Notes<What>> => ({
  read: (at, faults) => {
    const text = textOf(at, limit, faults)
    const blocks = text === undefined ? undefined : blocksOf(text, kind.label, at, faults)
    if (!blocks || !isCountFine(at, blocks.length, kind.counted, 1, 1, faults)) return undefined
    return parsedAt(blocks[0]!, kind, at, faults)
  },
  write: (value) => encodePem(kind.label, kind.derOf(value)),
})

function parsedAt<T, What extends string>(
  der: Uint8Array,
  { parse, what }: Kind<T, What>,
  at: Json,
  faults: Notes,
): T | undefined {
  try {
    return parse(der)
  } catch (error) {
    if (!isCodedError(error)) throw error
    return unreadable(at, what, error, faults)
  }
}

/** Notes that octets cannot be read. */
export const unreadable = (
  at: Json,
  what: CommonFaults['unreadable']['what'],
  error: CodedError,
  faults: Notes,
): undefined => faults.note(at, 'unreadable', { what, reason: error.code, offset: offsetOf(error) })
