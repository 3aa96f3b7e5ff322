/**
 * Base64 as it is met: between the letters stand line breaks, indentation, `\n` written out in JSON, quotes and
 * plus signs of a program's source, per cent signs of a URL, marks of a quoted mail. Linear in the input.
 */
export type Decoded =
  | { readonly bytes: Uint8Array<ArrayBuffer>; readonly badAt: -1 }
  /** Index of what is neither base64 nor known noise. */
  | { readonly bytes: null; readonly badAt: number }

const SKIP = 64
const PAD = 65
const SPECIAL = 66
const BAD = 255
const BACKSLASH = 0x5c

const CLASS = new Uint8Array(256).fill(BAD)
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
for (let value = 0; value < 64; value++) CLASS[ALPHABET.charCodeAt(value)] = value
for (const letter of ' \t\r\n\v\f\0>|#`') CLASS[letter.charCodeAt(0)] = SKIP
for (const letter of '\\%"\'') CLASS[letter.charCodeAt(0)] = SPECIAL
CLASS['='.charCodeAt(0)] = PAD

export const isBase64 = (octet: number): boolean => CLASS[octet]! < 64
const isNoise = (octet: number): boolean =>
  CLASS[octet] === SKIP || ',+.&\\;()'.includes(String.fromCharCode(octet))

/** Decodes text[start, end). */
export function decodeFoundBase64(text: Uint8Array, start: number, end: number): Decoded {
  const out = new Uint8Array(Math.ceil(((end - start) * 3) / 4))
  let length = 0
  let bits = 0
  let count = 0
  let padded = false
  for (let at = start; at < end; at++) {
    let kind = CLASS[text[at]!]!
    if (kind === SPECIAL) {
      const special = readSpecial(text, at, end)
      if (special === null) return { bytes: null, badAt: at }
      at = special.last
      kind = special.kind
    }
    if (kind === SKIP) continue
    if (kind === PAD) {
      padded = true
      continue
    }
    if (kind === BAD || padded) return { bytes: null, badAt: at }
    bits = ((bits << 6) | kind) & 0xffffff
    count += 1
    if ((count & 3) === 0) {
      out[length++] = bits >> 16
      out[length++] = bits >> 8
      out[length++] = bits
    }
  }
  const left = count & 3
  if (left === 1) return { bytes: null, badAt: end - 1 }
  if (left >= 2) out[length++] = left === 2 ? bits >> 4 : bits >> 10
  if (left === 3) out[length++] = bits >> 2
  return { bytes: out.subarray(0, length), badAt: -1 }
}

/** What a backslash, per cent sign or quote stands for: its class, and the index of its last character. */
function readSpecial(text: Uint8Array, at: number, end: number): { kind: number; last: number } | null {
  const sign = String.fromCharCode(text[at]!)
  if (sign === '%') {
    const octet = parseInt(String.fromCharCode(text[at + 1] ?? 0, text[at + 2] ?? 0), 16)
    return Number.isNaN(octet) ? null : { kind: CLASS[octet]!, last: at + 2 }
  }
  if (sign === '\\') {
    // JSON within JSON escapes the escape.
    let last = at
    while (last + 1 < end && text[last + 1] === BACKSLASH) last += 1
    const next = String.fromCharCode(text[last + 1] ?? 0)
    if (next === '/') return { kind: CLASS['/'.charCodeAt(0)]!, last: last + 1 }
    return { kind: SKIP, last: 'nrt'.includes(next) ? last + 1 : last }
  }
  // A quote ends one string of a list or a sum; all up to the next opening quote is the language around it.
  let last = at + 1
  while (last < end && isNoise(text[last]!)) last += 1
  const next = String.fromCharCode(text[last] ?? 0)
  return last >= end || next === '"' || next === "'" ? { kind: SKIP, last } : null
}
