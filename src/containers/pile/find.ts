import { BareBase64 } from './bare.ts'
import { decodeFoundBase64, isBase64 } from './base64.ts'
import { Hexadecimal } from './hex.ts'

/** The blocks of a text, in order: decoded octets, and blocks that could not be read. */
export type Found =
  | {
      readonly kind: 'block'
      readonly label: string | null
      readonly headers: Headers
      readonly bytes: Uint8Array
      /** False if bare base64 ends before the value that begins in it. */
      readonly whole: boolean
      readonly at: number
    }
  | {
      readonly kind: 'broken'
      readonly code: 'pem-base64-invalid' | 'pem-unterminated'
      readonly label: string
      readonly at: number
      readonly badAt: number
    }
  /** Not a result, but a point to yield: this many octets have been scanned. */
  | { readonly kind: 'breath'; readonly at: number }

export type Headers = Readonly<Record<string, string>>

const DASH = 0x2d
const BACKSLASH = 0x5c
const BREATH = 4 * 1024 * 1024

/** Finds PEM of any label (RFC 7468, parsed leniently), bare base64 and hexadecimal. One pass over the text. */
export function* findBlocks(text: Uint8Array): Generator<Found> {
  const bare = new BareBase64(text)
  const hexadecimal = new Hexadecimal(text)
  let breathAt = BREATH
  // A block without an end is already reported: truncated values inside it are not reported again.
  let told = false
  for (let at = 0; at < text.length;) {
    if (at >= breathAt) {
      yield { kind: 'breath', at }
      breathAt = at + BREATH
    }
    const octet = text[at]!
    if (octet === DASH && beginsBlock(text, at)) {
      const { found, next } = readPem(text, at)
      if (found) yield found
      told = found?.kind === 'broken'
      at = next
    } else if (isBase64(octet)) {
      const start = at + (text[at - 1] === BACKSLASH && isEscape(octet) ? 1 : 0)
      const spelled = hexadecimal.readAt(start)
      const { bytes, next, whole } = spelled ? { ...spelled, whole: true } : bare.readAt(start)
      if (bytes && (whole || !told))
        yield { kind: 'block', label: null, headers: {}, bytes, whole, at: start }
      if (bytes) told = false
      at = Math.max(next, at + 1)
    } else at += 1
  }
}

const BEGIN = ascii('-----BEGIN')
const END = ascii('-----END')
const DASHES = ascii('-----')
const LONGEST_LABEL = 64

/** The letter of an escaped line break or tab. */
const isEscape = (octet: number): boolean => octet === 0x6e || octet === 0x72 || octet === 0x74

const beginsBlock = (text: Uint8Array, at: number): boolean => matches(text, at, BEGIN)

function matches(text: Uint8Array, at: number, word: Uint8Array): boolean {
  if (at + word.length > text.length) return false
  for (let i = 0; i < word.length; i++) if (text[at + i] !== word[i]) return false
  return true
}

/** Index of the next five dashes, or −1. */
function nextDashes(text: Uint8Array, from: number): number {
  for (let at = text.indexOf(DASH, from); at >= 0; at = text.indexOf(DASH, at + 1))
    if (matches(text, at, DASHES)) return at
  return -1
}

interface Step {
  readonly found: Found | null
  readonly next: number
}

function readPem(text: Uint8Array, at: number): Step {
  const labelStart = at + BEGIN.length
  const labelEnd = nextDashes(text.subarray(0, labelStart + LONGEST_LABEL + DASHES.length), labelStart)
  if (labelEnd < 0) return { found: null, next: labelStart }
  // In a URL a space is %20 or a plus sign.
  const label = latin1(text.subarray(labelStart, labelEnd))
    .replace(/%20|\+/g, ' ')
    .trim()
  if (!/^[\w .#-]{0,64}$/.test(label)) return { found: null, next: labelStart }
  const bodyStart = labelEnd + DASHES.length
  const bodyEnd = nextDashes(text, bodyStart)
  if (bodyEnd < 0 || !matches(text, bodyEnd, END)) {
    const broken = { kind: 'broken', code: 'pem-unterminated', label, at, badAt: at } as const
    // Its base64 may still be complete: it is scanned as bare base64.
    return { found: broken, next: bodyStart }
  }
  const afterEnd = bodyEnd + END.length
  const closing = nextDashes(text.subarray(0, afterEnd + LONGEST_LABEL + DASHES.length), afterEnd)
  const next = closing < 0 ? afterEnd : closing + DASHES.length
  // OpenPGP puts a dash and a space before each line of signed text that begins with a dash (RFC 9580 §7.2).
  const escaped = text[bodyEnd - 1] === 0x20 && text[bodyEnd - 2] === DASH
  return { found: decodeBody(text, { label, at, bodyStart, bodyEnd: bodyEnd - (escaped ? 2 : 0) }), next }
}

interface Body {
  readonly label: string
  readonly at: number
  readonly bodyStart: number
  readonly bodyEnd: number
}

function decodeBody(text: Uint8Array, { label, at, bodyStart, bodyEnd }: Body): Found {
  const { headers, start } = readHeaders(text, bodyStart, bodyEnd)
  let { bytes, badAt } = decodeFoundBase64(text, start, bodyEnd)
  if (text[badAt] === LESS_THAN) {
    const untagged = withoutTags(text.subarray(start, bodyEnd))
    ;({ bytes, badAt } = decodeFoundBase64(untagged, 0, untagged.length))
    if (badAt >= 0) badAt += start
  }
  return badAt < 0
    ? { kind: 'block', label, headers, bytes, whole: true, at }
    : { kind: 'broken', code: 'pem-base64-invalid', label, at, badAt }
}

const LESS_THAN = 0x3c
const TAG = /<\/?[a-z][^<>]{0,200}>/gi

/** A web page breaks lines with <br>, and marks them with others: a space takes the place of each of their letters. */
function withoutTags(text: Uint8Array): Uint8Array {
  const plain = Uint8Array.from(text)
  for (const { index, 0: tag } of latin1(text).matchAll(TAG)) plain.fill(0x20, index, index + tag.length)
  return plain
}

/** RFC 1421 headers before the body, such as DEK-Info; line ends may be escaped as `\n`. */
function readHeaders(text: Uint8Array, from: number, to: number): { headers: Headers; start: number } {
  const headers: Record<string, string> = {}
  const head = latin1(text.subarray(from, Math.min(to, from + 4096)))
  const line = /(?:\s|\\+[nr])*([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]*(.*?)(?=\\+[nr]|[\r\n]|$)/y
  let used = 0
  for (let match = line.exec(head); match; match = line.exec(head)) {
    headers[match[1]!] = match[2]!.trim()
    used = line.lastIndex
  }
  return { headers, start: from + used }
}

function ascii(word: string): Uint8Array {
  return Uint8Array.from(word, (letter) => letter.charCodeAt(0))
}

const decoder = new TextDecoder('latin1')
const latin1 = (bytes: Uint8Array): string => decoder.decode(bytes)

/** Whether five dashes and BEGIN occur near the front: text that was itself base64, as in a Kubernetes Secret. */
export function looksLikePemText(bytes: Uint8Array): boolean {
  for (let at = nextDashes(bytes, 0); at >= 0; at = nextDashes(bytes, at + 1))
    if (beginsBlock(bytes, at)) return true
  return false
}
