/** tar archives: POSIX ustar and pax, GNU's long names, and the older formats. */
import { CodedError } from '../errors.ts'
import { utf8Text } from '../octets.ts'

/** A file of the archive, or the error in its place. */
export type TarEntry =
  | { readonly kind: 'file'; readonly name: string; readonly content: Uint8Array }
  | { readonly kind: 'fault'; readonly name: string | null; readonly error: CodedError }

const BLOCK = 512
/** Start and end of the header fields. */
const FIELD = {
  name: [0, 100],
  size: [124, 136],
  checksum: [148, 156],
  type: [156, 157],
  magic: [257, 265],
  prefix: [345, 500],
} as const
const MAGIC = 'ustar'
/** Maximum size of an extended header (names and numbers for the next file); larger ones do not occur. */
const LARGEST_HEADER = 1024 * 1024

/** Links, devices, folders, and the archive's own metadata: they have no content. */
const EMPTY = new Set(['1', '2', '3', '4', '5', '6'])
const PASSED_OVER = new Set([...EMPTY, 'g', 'K', 'V', 'M', 'D', 'N', 'X'])
const LONG_NAME = 'L'
const PAX = 'x'
const SPARSE = 'S'

/** Whether it describes the next file. */
const isAhead = (type: string): boolean => type === LONG_NAME || type === PAX

/** Whether it begins with a header: one with the magic, or one whose checksum fits. */
export const isTar = (bytes: Uint8Array): boolean =>
  bytes.length >= BLOCK &&
  (text(bytes.subarray(FIELD.magic[0], FIELD.magic[0] + MAGIC.length)) === MAGIC || isHeader(bytes, 0))

/** Yields its files one by one; a damaged header is reported, and the next one looked for. */
export function* readTar(bytes: Uint8Array): Generator<TarEntry> {
  let given: Given = {}
  let hasEnd = false
  let isLost = false
  let at = 0
  for (; at + BLOCK <= bytes.length;) {
    if (isZero(bytes, at)) {
      hasEnd = true
      at += BLOCK
      continue
    }
    if (!isHeader(bytes, at)) {
      // After the end, tapes and other media have leftover data.
      if (!isLost && !hasEnd) yield fault('archive-checksum', null, at)
      isLost = true
      given = {}
      at += BLOCK
      continue
    }
    isLost = hasEnd = false
    const header = headerAt(bytes, at, given)
    const start = at + BLOCK
    // Negated, so that NaN fails too.
    if (!(header.size <= bytes.length - start)) {
      yield fault('archive-cut-short', header.name, start)
      isLost = true
      given = {}
      at = start
      continue
    }
    const content = bytes.subarray(start, start + header.size)
    if (isAhead(header.type)) given = givenIn(header.type, content, given)
    else {
      given = {}
      if (header.type === SPARSE)
        yield {
          kind: 'fault',
          name: header.name,
          error: new CodedError('archive-file-sparse', null),
        }
      else if (!PASSED_OVER.has(header.type) && !header.name.endsWith('/'))
        yield { kind: 'file', name: header.name, content }
    }
    at = start + Math.ceil(header.size / BLOCK) * BLOCK
  }
  if (!hasEnd && !isLost) yield fault('archive-cut-short', null, Math.min(at, bytes.length))
}

/** The values that an extended header sets for the next file. */
interface Given {
  readonly name?: string
  readonly size?: number
}

interface Header {
  readonly name: string
  readonly type: string
  /** Octets of the content; NaN if it is not a number. */
  readonly size: number
}

function headerAt(bytes: Uint8Array, at: number, given: Given): Header {
  const field = (key: keyof typeof FIELD): Uint8Array =>
    bytes.subarray(at + FIELD[key][0], at + FIELD[key][1])
  const type = text(field('type'))
  const name = text(field('name'))
  // GNU's own format uses these octets differently from POSIX, which has the folder there.
  const prefix = text(field('magic')) === MAGIC ? text(field('prefix')) : ''
  const own = number(field('size'))
  const size = EMPTY.has(type) ? 0 : isAhead(type) ? own : (given.size ?? own)
  return { name: given.name ?? (prefix === '' ? name : `${prefix}/${name}`), type, size }
}

/** The checksum of the octets, with its own field as spaces; systems with signed characters summed them as signed. */
function isHeader(bytes: Uint8Array, at: number): boolean {
  const [from, to] = FIELD.checksum
  let [sum, signed] = [0, 0]
  for (let i = 0; i < BLOCK; i++) {
    const octet = i >= from && i < to ? 0x20 : bytes[at + i]!
    sum += octet
    signed += octet < 0x80 ? octet : octet - 0x100
  }
  const told = number(bytes.subarray(at + from, at + to))
  return told === sum || told === signed
}

const isZero = (bytes: Uint8Array, at: number): boolean =>
  bytes.subarray(at, at + BLOCK).every((octet) => octet === 0)

/** Octal digits among spaces and zeros, or, beyond 8 GiB, two's complement with the upper bit set; else NaN. */
function number(field: Uint8Array): number {
  if (field[0] === 0x80) return field.subarray(1).reduce((value, octet) => value * 256 + octet, 0)
  const digits = text(field).trim()
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : NaN
}

/** Up to the first zero. */
function text(field: Uint8Array): string {
  const end = field.indexOf(0)
  return utf8Text(end < 0 ? field : field.subarray(0, end))
}

/** GNU's long name, or the records of pax (POSIX.1 §pax), each preceded by its length. */
function givenIn(type: string, content: Uint8Array, before: Given): Given {
  if (content.length > LARGEST_HEADER) return before
  if (type === LONG_NAME) return { ...before, name: text(content) }
  let given = before
  for (let at = 0; at < content.length;) {
    const length = /^(\d{1,7}) /.exec(text(content.subarray(at, at + 8)))?.[1]
    const end = at + Number(length ?? 0)
    if (end === at || end > content.length) break
    const record = text(content.subarray(at + length!.length + 1, end - 1))
    if (record.startsWith('path=')) given = { ...given, name: record.slice(5) }
    else if (/^size=\d+$/.test(record)) given = { ...given, size: Number(record.slice(5)) }
    at = end
  }
  return given
}

const fault = (
  code: 'archive-checksum' | 'archive-cut-short',
  name: string | null,
  offset: number,
): TarEntry => ({ kind: 'fault', name, error: new CodedError(code, { format: 'tar', offset }) })
