/**
 * Hexadecimal digits that clearly encode a value: bare as in `xxd -p` and routers' output, with colons, as an array in
 * source code, and as a dump with offsets before and characters after.
 */
import { withRoom } from './base64.ts'
import { announcedLength, shapeOf } from './shape.ts'

export interface Spelled {
  readonly bytes: Uint8Array
  readonly next: number
}

const FRONT = 12
/** More characters between two octets are not a layout. */
const WIDEST_GAP = 200
const WIDEST_ROW = 256
const LONGEST_LINE = 2048
/** As for base64: the limit on failed attempts, as a multiple of the text. */
const PATIENCE = 8
/** The stated length may be false: the buffer grows as data arrives. */
const FIRST_ROOM = 256

const DIGIT = new Int8Array(256).fill(-1)
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16)
  DIGIT[digit.charCodeAt(0)] = value
  DIGIT[digit.toUpperCase().charCodeAt(0)] = value
}
const isDigit = (octet: number | undefined): boolean => DIGIT[octet ?? 0]! >= 0

const NOISE = new Uint8Array(256)
for (const letter of ' \t\r\n\v\f:,;-_|>"\'+\\{}[]()') NOISE[letter.charCodeAt(0)] = 1

/** Skips `0x`, `\x` or `x` if digits follow. */
function pastPrefix(text: Uint8Array, at: number): number {
  const zero = text[at] === 0x30 && (text[at + 1] === 0x78 || text[at + 1] === 0x58)
  const next = zero ? at + 2 : text[at] === 0x78 && text[at - 1] === 0x5c ? at + 1 : at
  return isDigit(text[next]) ? next : at
}

/** Finds values encoded in hexadecimal in a text. */
export class Hexadecimal {
  readonly #text: Uint8Array
  #left: number

  constructor(text: Uint8Array) {
    this.#text = text
    this.#left = text.length * PATIENCE
  }

  /** Returns the value that begins at `at`, which no letter precedes; null if there is none. */
  readAt(at: number): Spelled | null {
    const text = this.#text
    const start = pastPrefix(text, at)
    if (text[start] !== 0x33 || text[start + 1] !== 0x30 || this.#left <= 0) return null
    const length = announcedLength(readPlain(text, start, FRONT).bytes)
    // Digits whose stated length is longer than the text are just a number.
    if (length === 0 || length * 2 > text.length - start) return null
    const spelled = isDump(text, start) ? readDump(text, start, length) : readPlain(text, start, length)
    // Programs print signatures and extensions in this way, and some of those are SEQUENCEs too.
    if (spelled.bytes.length === length && shapeOf(spelled.bytes)) return spelled
    this.#left -= spelled.next - start
    return null
  }
}

/** Returns this many octets, skipping any layout between them; fewer if the text ends. */
function readPlain(text: Uint8Array, start: number, length: number, end = text.length): Spelled {
  let out = new Uint8Array(Math.min(length, FIRST_ROOM))
  let [at, count] = [start, 0]
  while (count < length) {
    const from = at
    while (at < end && NOISE[text[at]!] && at - from <= WIDEST_GAP) at += 1
    // An escaped line break in JSON contains a letter.
    if (text[at - 1] === 0x5c && (text[at] === 0x6e || text[at] === 0x72)) {
      at += 1
      continue
    }
    at = pastPrefix(text, at)
    if (at + 1 >= end || !isDigit(text[at]) || !isDigit(text[at + 1])) break
    if (count === out.length) out = withRoom(out, length)
    out[count++] = (DIGIT[text[at]!]! << 4) | DIGIT[text[at + 1]!]!
    at += 2
  }
  return { bytes: out.subarray(0, count), next: at }
}

const ascii = (text: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...text.subarray(from, Math.min(to, from + 64)))

/** Whether the line begins with the offset 0. */
const isDump = (text: Uint8Array, at: number): boolean =>
  /(?:^|\n)[ \t]*0{4,16}[:h]?[ \t]+$/.test(ascii(text, Math.max(0, at - 40), at))

/** Offsets are hexadecimal; those of `od` are octal, or decimal if asked. */
const OFFSETS: readonly (readonly [radix: number, digits: RegExp])[] = [
  [16, /^[\da-f]+$/i],
  [10, /^\d+$/],
  [8, /^[0-7]+$/],
]
const offsetsIn = (digits: string): number[] =>
  OFFSETS.flatMap(([radix, written]) => (written.test(digits) ? [parseInt(digits, radix)] : []))

/** Reads the row up to the first of these offsets that it fills; null if it fills none. */
function readRow(
  text: Uint8Array,
  from: { readonly at: number; readonly end: number; readonly count: number },
  offsets: readonly number[],
): (Spelled & { readonly until: number }) | null {
  for (const until of offsets) {
    const octets = until - from.count
    if (octets <= 0 || octets > WIDEST_ROW) continue
    const row = readPlain(text, from.at, octets, from.end)
    if (row.bytes.length === octets) return { ...row, until }
  }
  return null
}

/** Rows that state their offset, so that the characters after the octets cannot be mistaken for digits. */
function readDump(text: Uint8Array, start: number, length: number): Spelled {
  let out = new Uint8Array(Math.min(length, FIRST_ROOM))
  let [at, count] = [start, 0]
  while (count < length) {
    const line = text.subarray(at, at + LONGEST_LINE)
    const width = line.indexOf(0x0a)
    const end = at + (width < 0 ? line.length : width)
    const next = /^\s*([0-9a-f]{4,16})[:h]?\s+/i.exec(ascii(text, end + 1, text.length))
    const possible = next ? offsetsIn(next[1]!).map((offset) => Math.min(length, offset)) : [length]
    const row = readRow(text, { at, end, count }, possible)
    if (!row) break
    const { until } = row
    if (until > out.length) out = withRoom(out, length)
    out.set(row.bytes, count)
    count = until
    at = count < length ? end + 1 + next![0].length : row.next
  }
  return { bytes: out.subarray(0, count), next: at }
}
