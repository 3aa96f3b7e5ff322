/** Returns the concatenated octets. */
export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0
  for (const part of parts) length += part.length
  const out = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

export function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

const OCTETS = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'))

/** One octet in two hexadecimal digits. */
export const hexOctet = (octet: number): string => OCTETS[octet]!

/** Returns a non-negative number in hexadecimal, in whole octets. */
export function hexOfNumber(number: bigint): string {
  const digits = number.toString(16)
  return digits.length % 2 === 0 ? digits : `0${digits}`
}

/** Returns the unsigned big-endian number in the octets; no octets are 0. */
export const bigIntOf = (octets: Uint8Array): bigint => BigInt(`0x0${hexOf(octets)}`)

/** Lower-case hexadecimal without separators; uses the engine's own method if available (ECMAScript 2026). */
export function hexOf(octets: Uint8Array & { toHex?: () => string }): string {
  if (octets.toHex) return octets.toHex()
  let text = ''
  for (const octet of octets) text += OCTETS[octet]!
  return text
}

/** 'AB:CD:EF': hexadecimal as other tools print fingerprints. */
export const colons = (hex: string): string => (hex.match(/../g) ?? []).join(':').toUpperCase()

/** Returns the octets of hexadecimal text, which may contain spaces and colons; null if it is not hexadecimal. */
export function hexOctets(text: string): Uint8Array<ArrayBuffer> | null {
  const digits = text.replace(/[\s:]/g, '')
  if (digits.length % 2 !== 0 || !/^[0-9A-Fa-f]*$/.test(digits)) return null
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16))
}

/** Octets are converted to text in runs: one call with all octets of a long array would overflow the stack. */
const RUN = 0x6000

/** Base64 (RFC 4648 §4), without line breaks. */
export function toBase64(bytes: Uint8Array): string {
  // Newer engines have a built-in method, several times as fast.
  const { toBase64: builtIn } = bytes as { toBase64?: () => string }
  if (builtIn) return builtIn.call(bytes)
  let binary = ''
  for (let at = 0; at < bytes.length; at += RUN)
    binary += String.fromCharCode(...bytes.subarray(at, at + RUN))
  return btoa(binary)
}

/**
 * Returns the octets of Base64 text; null for characters outside the alphabet. White space and missing padding are
 * accepted, as `atob` does.
 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const binary = atob(text)
    const bytes = new Uint8Array(binary.length)
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
    return bytes
  } catch {
    return null
  }
}

const encoder = new TextEncoder()
const lenient = new TextDecoder()
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Text as UTF-8. Most texts are short and ASCII: encoding them octet by octet costs a fraction of a call to the
 * encoder.
 */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  const { length } = text
  if (length > 64) return encoder.encode(text)
  const octets = new Uint8Array(length)
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 0x7f) return encoder.encode(text)
    octets[i] = unit
  }
  return octets
}

/** Decodes UTF-8 for display: invalid octets become U+FFFD, and a byte order mark is dropped. */
export const utf8Text = (octets: Uint8Array): string => lenient.decode(octets)

/** Decodes UTF-8 with every character kept; returns null if the octets are invalid. */
export function strictUtf8(octets: Uint8Array): string | null {
  try {
    return strict.decode(octets)
  } catch {
    return null
  }
}

/** Returns hexadecimal in groups of four digits, as people read a hash aloud and compare it. */
export const hexGroups = (hex: string): string[] => hex.match(/.{4}/g) ?? []
