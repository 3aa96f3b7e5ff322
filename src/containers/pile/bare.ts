/** Bare base64, without PEM labels: in property lists, LDIF, XML, JSON, or a file of its own. */
import { decodeFoundBase64, isBase64 } from './base64.ts'
import { announcedLength, isBuilt } from './shape.ts'

export interface Bare {
  /** Null if this is not base64 of a known structure. */
  readonly bytes: Uint8Array | null
  /** False if the octets end before the value's stated length. */
  readonly whole: boolean
  readonly next: number
}

/** Shorter runs of letters are words, host names and fingerprints. */
const SHORTEST_RUN = 56
/** Lines of equal width, consecutive and at least this long, are not words either. */
const SHORTEST_ROW = 20
const ROWS = 2
/** The first octets of a SEQUENCE: 0x30, and the upper half of its length. */
const SEQUENCE = 0x4d
/** Octets needed to read a value's length, and their base64 characters. */
const FRONT = 12
const FRONT_TEXT = 64
/** A value that begins well but ends before this many octets may be anything. */
const SHORTEST_CUT = 48

/**
 * Failed attempts are scanned again from their next line on. The total is limited to this multiple of the text: only
 * text made for this purpose comes near it.
 */
const PATIENCE = 8

/** Finds base64 in a text. */
export class BareBase64 {
  readonly #text: Uint8Array
  #left: number

  constructor(text: Uint8Array) {
    this.#text = text
    this.#left = text.length * PATIENCE
  }

  /** Returns what begins at `at`, which no letter precedes. */
  readAt(at: number): Bare {
    const text = this.#text
    const end = endOfRun(text, at)
    const length = this.#left > 0 ? announcedAt(text, at) : 0
    if (length === 0) return readRows(text, at, end)
    const { bytes, next } = decodeFoundBase64(text, at, text.length, length)
    const complete = bytes.length === length
    if (complete && isBuilt(bytes)) return { bytes, whole: true, next: pastPadding(text, next) }
    // If cut short, it may contain the next one.
    this.#left -= next - at
    return { bytes: bytes.length < SHORTEST_CUT ? null : bytes, whole: complete, next: end }
  }
}

/** Returns the length in octets of the DER value that begins here in base64, or 0. */
function announcedAt(text: Uint8Array, at: number): number {
  if (text[at] !== SEQUENCE) return 0
  return announcedLength(decodeFoundBase64(text, at, Math.min(text.length, at + FRONT_TEXT), FRONT).bytes)
}

/**
 * Base64 beginnings of values without a leading length: PEM as base64, stores of Java and Windows, ZIP, gzip, BER of
 * indefinite length.
 */
const FRONTS = ['LS0tLS1CRUdJT', '/u3+7', 'zs7Ozg', 'AAAAAENFUl', 'UEsDB', 'H4sI', 'MIAC', 'MIAG'].map(
  (front) => Uint8Array.from(front, (letter) => letter.charCodeAt(0)),
)
const beginsKnown = (text: Uint8Array, at: number): boolean =>
  FRONTS.some((front) => front.every((octet, i) => text[at + i] === octet))

/** Consecutive lines of base64, the last one shorter; for a known kind the first one may be too, as in LDIF. */
function readRows(text: Uint8Array, start: number, firstEnd: number): Bare {
  const known = beginsKnown(text, start)
  const first = firstEnd - start
  if (!known && first < SHORTEST_ROW) return { bytes: null, whole: true, next: firstEnd }
  let [end, width, rows] = [firstEnd, known ? 0 : first, 0]
  let spaced = false
  for (let full = true; full;) {
    const { next: rowStart, breaks } = skipLineBreaks(text, end)
    if (breaks === 0) break
    const announced = announcedAt(text, rowStart) > 0
    if (!known && announced) break
    // Within a value a row may look like a beginning by chance; below a blank line it is one, if no row was spaced so.
    const below = breaks > 1
    if (below && !spaced && (announced || beginsKnown(text, rowStart))) break
    spaced ||= below
    const rowEnd = endOfRun(text, rowStart)
    const row = rowEnd - rowStart
    width ||= Math.max(first, row)
    if (row === 0 || row > width) break
    full = row === width
    if (full) rows += 1
    end = rowEnd
  }
  if (!known && first < SHORTEST_RUN && rows < ROWS) return { bytes: null, whole: true, next: firstEnd }
  end = pastPadding(text, end)
  const { bytes, badAt } = decodeFoundBase64(text, start, end)
  return { bytes: badAt < 0 ? bytes : null, whole: true, next: end }
}

function endOfRun(text: Uint8Array, at: number): number {
  let end = at
  while (end < text.length && isBase64(text[end]!)) end += 1
  return end
}

function pastPadding(text: Uint8Array, at: number): number {
  let next = at
  while (text[next] === 0x3d) next += 1
  return next
}

/** Skips line breaks, real or escaped, and the indentation after them; returns `at` and 0 if there is none. */
function skipLineBreaks(text: Uint8Array, at: number): { next: number; breaks: number } {
  let next = at
  let [feeds, returns] = [0, 0]
  for (;;) {
    const octet = text[next]
    const written = octet === 0x5c || octet === 0x26 ? writtenBreak(text, next) : null
    if (octet === 0x0a || written?.isFeed === true) feeds += 1
    else if (octet === 0x0d || written) returns += 1
    else if (octet !== 0x20 && octet !== 0x09) break
    next += written?.length ?? 1
  }
  // CR and LF of one line end are one.
  const breaks = Math.max(feeds, returns)
  return { next: breaks > 0 ? next : at, breaks }
}

/** `\n`, `\r`, `&#10;`, `&#xD;` and the like. */
function writtenBreak(text: Uint8Array, at: number): { length: number; isFeed: boolean } | null {
  const ahead = String.fromCharCode(...text.subarray(at, at + 12))
  const found = /^(?:\\[nr]|&#(?:0*1[03]|x0*[ad]);)/i.exec(ahead)?.[0]
  return found === undefined ? null : { length: found.length, isFeed: /n|10|a/i.test(found) }
}
