/** Base64 with nothing around it that says so: in property lists, LDIF, XML, JSON, or a file of its own. */
import { decodeFoundBase64, isBase64 } from './base64.ts'
import { announcedLength, isBuilt } from './shape.ts'

export interface Bare {
  /** Null where this is no base64 of ours. */
  readonly bytes: Uint8Array | null
  /** False where the octets end before the value does that they announce. */
  readonly whole: boolean
  readonly next: number
}

/** Shorter runs of letters are words, host names and fingerprints. */
const SHORTEST_RUN = 56
/** Lines of one width, one below the other and not shorter than this, are no words either. */
const SHORTEST_ROW = 20
const ROWS = 2
/** As a SEQUENCE begins: 0x30, and the upper half of its length. */
const SEQUENCE = 0x4d
/** Octets that tell what a value announces, and the characters that they are looked for in. */
const FRONT = 12
const FRONT_TEXT = 64
/** What has begun well and stops before this may be anything. */
const SHORTEST_CUT = 48

/**
 * Attempts that come to nothing are looked at again from their next line on. What that may cost in all is so many times
 * the text: nothing but a text made for it comes near.
 */
const PATIENCE = 8

/** Finds base64 in one text. */
export class BareBase64 {
  readonly #text: Uint8Array
  #left: number

  constructor(text: Uint8Array) {
    this.#text = text
    this.#left = text.length * PATIENCE
  }

  /** What begins with the letter at `at`, before which there is none. */
  readAt(at: number): Bare {
    const text = this.#text
    const end = endOfRun(text, at)
    const length = this.#left > 0 ? announcedAt(text, at) : 0
    if (length === 0) return readRows(text, at, end)
    const { bytes, next } = decodeFoundBase64(text, at, text.length, length)
    const complete = bytes.length === length
    if (complete && isBuilt(bytes)) return { bytes, whole: true, next: pastPadding(text, next) }
    // Cut short, it may have swallowed the next one.
    this.#left -= next - at
    return { bytes: bytes.length < SHORTEST_CUT ? null : bytes, whole: complete, next: end }
  }
}

/** Octets of the DER value that begins here in base64, or 0. */
function announcedAt(text: Uint8Array, at: number): number {
  if (text[at] !== SEQUENCE) return 0
  return announcedLength(decodeFoundBase64(text, at, Math.min(text.length, at + FRONT_TEXT), FRONT).bytes)
}

/** Beginnings of what has no length of its own in front: PEM as base64, stores of Java and Windows, ZIP, gzip, BER of indefinite length. */
const FRONTS = ['LS0tLS1CRUdJT', '/u3+7', 'zs7Ozg', 'AAAAAENFUl', 'UEsDB', 'H4sI', 'MIAC', 'MIAG'].map(
  (front) => Uint8Array.from(front, (letter) => letter.charCodeAt(0)),
)
const beginsKnown = (text: Uint8Array, at: number): boolean =>
  FRONTS.some((front) => front.every((octet, i) => text[at + i] === octet))

/** Lines of base64 one below the other, the last one shorter; of a known kind the first one too, as in LDIF. */
function readRows(text: Uint8Array, start: number, firstEnd: number): Bare {
  const known = beginsKnown(text, start)
  const first = firstEnd - start
  if (!known && first < SHORTEST_ROW) return { bytes: null, whole: true, next: firstEnd }
  let [end, width, rows] = [firstEnd, known ? 0 : first, 0]
  for (let full = true; full;) {
    const rowStart = skipLineBreak(text, end)
    if (rowStart === end || (!known && announcedAt(text, rowStart) > 0)) break
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

/** Past line breaks, real or written out, and the indentation after them; `at` itself where there is none. */
function skipLineBreak(text: Uint8Array, at: number): number {
  let next = at
  let broke = false
  for (;;) {
    const octet = text[next]
    const length = octet === 0x5c || octet === 0x26 ? writtenBreak(text, next) : 1
    if (octet === 0x0a || octet === 0x0d || length > 1) broke = true
    else if (length === 0 || (octet !== 0x20 && octet !== 0x09)) break
    next += length
  }
  return broke ? next : at
}

/** Length of `\n`, `\r`, `&#10;`, `&#xD;` and their like. */
function writtenBreak(text: Uint8Array, at: number): number {
  const ahead = String.fromCharCode(...text.subarray(at, at + 12))
  return /^(?:\\[nr]|&#(?:0*1[03]|x0*[ad]);)/i.exec(ahead)?.[0].length ?? 0
}
