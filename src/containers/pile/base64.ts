/**
 * Base64 as found in practice: with line breaks, indentation, `\n` in JSON, `&#13;` in XML, quotes and plus signs of
 * source code, URL percent-encoding, quote marks of mail, `=3D` of quoted-printable between the letters. Linear in the
 * input.
 */
export interface Decoded {
  /** Up to the invalid character, if there is one. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Index of the first character that is neither base64 nor known noise, or −1. */
  readonly badAt: number
  /** Index of the first character not consumed. */
  readonly next: number
}

const SKIP = 64
const PAD = 65
const SPECIAL = 66
const BAD = 255
const BACKSLASH = 0x5c

const CLASS = new Uint8Array(256).fill(BAD)
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
for (let value = 0; value < 64; value++) CLASS[ALPHABET.charCodeAt(value)] = value
for (const letter of ' \t\r\n\v\f\0>|#`') CLASS[letter.charCodeAt(0)] = SKIP
for (const letter of '\\%&"\'') CLASS[letter.charCodeAt(0)] = SPECIAL
CLASS['='.charCodeAt(0)] = PAD

const [QUOTE, M, I] = [0x22, 0x4d, 0x49]
const [PLUS, SLASH, MINUS, LOW_LINE] = [0x2b, 0x2f, 0x2d, 0x5f]
/** Shorter ones are words with a hyphen. */
const SHORTEST = 60

/**
 * Returns the text with the common alphabet's signs in values that are written in that for addresses (RFC 4648 §5): one at
 * the start of the text, as the path of an OCSP query is, or after a quote, as ACME writes requests and certificates (RFC
 * 8555 §7.4, §7.6). Places stay the same.
 */
export function inCommonAlphabet(text: Uint8Array): Uint8Array {
  let out = text
  for (let at = text.indexOf(M); at >= 0; at = text.indexOf(M, at + 1)) {
    if (text[at + 1] !== I || (at > 0 && text[at - 1] !== QUOTE)) continue
    let [end, isOther] = [at, false]
    for (; end < text.length; end++) {
      const letter = text[end]!
      if (letter === MINUS || letter === LOW_LINE) isOther = true
      else if (!isBase64(letter) || letter === PLUS || letter === SLASH) break
    }
    if (isOther && end - at >= SHORTEST) {
      if (out === text) out = text.slice()
      for (let i = at; i < end; i++)
        if (out[i] === MINUS) out[i] = PLUS
        else if (out[i] === LOW_LINE) out[i] = SLASH
    }
    at = Math.max(at, end - 1)
  }
  return out
}

export const isBase64 = (octet: number): boolean => CLASS[octet]! < 64
const isNoise = (octet: number): boolean =>
  CLASS[octet] === SKIP || ',+.&\\;()'.includes(String.fromCharCode(octet))

/** The stated length may be false: the buffer grows as data arrives. */
const FIRST_ROOM = 256

/** Returns the octets in a buffer of twice the capacity, at most `largest`. */
export function withRoom(octets: Uint8Array, largest: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.min(largest, 2 * octets.length))
  larger.set(octets)
  return larger
}

/** Whether the equals sign at `at` is that of `=3D`, as in quoted-printable. */
const isEncodedPad = (text: Uint8Array, at: number, end: number): boolean =>
  at + 2 < end && text[at + 1] === 0x33 && (text[at + 2]! | 0x20) === 0x64

/** Decodes text[start, end) to at most `most` octets. */
export function decodeFoundBase64(text: Uint8Array, start: number, end: number, most = Infinity): Decoded {
  const largest = Math.min(Math.ceil(((end - start) * 3) / 4), Math.ceil(most / 3) * 3) + 3
  let out = new Uint8Array(Math.min(largest, FIRST_ROOM))
  const letters = Math.ceil((most * 4) / 3)
  let length = 0
  let bits = 0
  let count = 0
  let padded = false
  let badAt = -1
  let at = start
  for (; at < end && count < letters; at++) {
    const from = at
    let kind = CLASS[text[at]!]!
    if (kind === SPECIAL) {
      const special = readSpecial(text, at, end)
      kind = special?.kind ?? BAD
      at = special?.last ?? at
    }
    if (kind === SKIP) continue
    if (kind === PAD) {
      padded = true
      if (isEncodedPad(text, at, end)) at += 2
      continue
    }
    if (kind === BAD || kind === SPECIAL || padded) {
      badAt = from
      break
    }
    bits = ((bits << 6) | kind) & 0xffffff
    count += 1
    if ((count & 3) === 0) {
      if (length + 3 > out.length) out = withRoom(out, largest)
      out[length++] = bits >> 16
      out[length++] = bits >> 8
      out[length++] = bits
    }
  }
  if (length + 3 > out.length) out = withRoom(out, largest)
  const left = count & 3
  if (left === 1 && badAt < 0) badAt = end - 1
  if (left >= 2) out[length++] = left === 2 ? bits >> 4 : bits >> 10
  if (left === 3) out[length++] = bits >> 2
  return { bytes: out.subarray(0, Math.min(length, most)), badAt, next: at }
}

/** A character by its number in XML, also if the ampersand is escaped again; and named entities for noise. */
const ENTITY = /^&(?:amp;)*(?:#(\d{1,7})|#x([0-9a-f]{1,6})|quot|apos|gt|nbsp);/i

function readEntity(text: Uint8Array, at: number, end: number): { kind: number; last: number } | null {
  const match = ENTITY.exec(String.fromCharCode(...text.subarray(at, Math.min(end, at + 24))))
  if (!match) return null
  const [whole, decimal, hex] = match
  const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? parseInt(hex, 16) : 0x20
  return { kind: CLASS[code] ?? BAD, last: at + whole.length - 1 }
}

/** The four digits of a JSON escape, such as those of `\u002b`, which some writers use for the plus sign. */
function codeUnit(text: Uint8Array, at: number): number | null {
  const digits = String.fromCharCode(...text.subarray(at, at + 4))
  return /^[\da-f]{4}$/i.test(digits) ? parseInt(digits, 16) : null
}

/** The meaning of a backslash, percent sign, entity or quote: its class, and the index of its last character. */
function readSpecial(text: Uint8Array, at: number, end: number): { kind: number; last: number } | null {
  const sign = String.fromCharCode(text[at]!)
  if (sign === '&') return readEntity(text, at, end)
  if (sign === '%') {
    const octet = parseInt(String.fromCharCode(text[at + 1] ?? 0, text[at + 2] ?? 0), 16)
    return Number.isNaN(octet) ? null : { kind: CLASS[octet]!, last: at + 2 }
  }
  if (sign === '\\') {
    // JSON within JSON escapes the backslash.
    let last = at
    while (last + 1 < end && text[last + 1] === BACKSLASH) last += 1
    const next = String.fromCharCode(text[last + 1] ?? 0)
    const unit = next === 'u' ? codeUnit(text, last + 2) : null
    if (unit !== null) return { kind: CLASS[unit] ?? BAD, last: last + 5 }
    if (next === '/') return { kind: CLASS['/'.charCodeAt(0)]!, last: last + 1 }
    return { kind: SKIP, last: 'nrt'.includes(next) ? last + 1 : last }
  }
  // A quote ends one string of a list or a concatenation; everything up to the next opening quote is source code.
  let last = at + 1
  while (last < end && isNoise(text[last]!)) last += 1
  const next = String.fromCharCode(text[last] ?? 0)
  return last >= end || next === '"' || next === "'" ? { kind: SKIP, last } : null
}
