import { TAG } from '../der/reader.ts'
import type { Finding } from '../findings.ts'
import { hexOf, strictUtf8 } from '../octets.ts'

/**
 * ASN.1 string types → text. Octets that break the rules of an 8-bit type are still shown (as Latin-1), because real
 * names contain them; isWellFormed() detects them. TeletexString (T.61) is read as Latin-1, as all programs write and
 * read it.
 */

/**
 * Returns the text of a string type's content octets; null if the tag is not a string type or the octets are not valid.
 */
export function readString(tag: number, bytes: Uint8Array): string | null {
  switch (tag) {
    case TAG.UTF8_STRING:
      return readUtf8(bytes)
    case TAG.PRINTABLE_STRING:
    case TAG.IA5_STRING:
    case TAG.TELETEX_STRING:
    case TAG.NUMERIC_STRING:
    case TAG.VISIBLE_STRING:
      return latin1(bytes)
    case TAG.BMP_STRING:
      return readBmp(bytes)
    case TAG.UNIVERSAL_STRING:
      return readUniversal(bytes)
    default:
      return null
  }
}

/** Decodes short texts, one octet per character: cheaper than a TextDecoder. */
export function latin1(bytes: Uint8Array): string {
  const length = bytes.length
  if (length > 64) return longLatin1(bytes)
  let text = ''
  for (let i = 0; i < length; i++) text += String.fromCharCode(bytes[i]!)
  return text
}

function longLatin1(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 4096)
    parts.push(String.fromCharCode.apply(null, bytes.subarray(at, at + 4096) as unknown as number[]))
  return parts.join('')
}

function readUtf8(bytes: Uint8Array): string | null {
  if (isAscii(bytes)) return latin1(bytes)
  return strictUtf8(bytes)
}

export function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i]! >= 0x80) return false
  return true
}

/**
 * BMPString: two octets per character. Surrogate pairs, which it does not allow, are read as UTF-16, as all programs
 * do.
 */
function readBmp(bytes: Uint8Array): string | null {
  if (bytes.length % 2 !== 0) return null
  const parts: string[] = []
  for (let i = 0; i < bytes.length; i += 2) parts.push(String.fromCharCode(bytes[i]! * 256 + bytes[i + 1]!))
  return parts.join('')
}

function readUniversal(bytes: Uint8Array): string | null {
  if (bytes.length % 4 !== 0) return null
  const parts: string[] = []
  for (let i = 0; i < bytes.length; i += 4) {
    const point = bytes[i]! * 0x1000000 + bytes[i + 1]! * 0x10000 + bytes[i + 2]! * 256 + bytes[i + 3]!
    if (point > 0x10ffff) return null
    parts.push(String.fromCodePoint(point))
  }
  return parts.join('')
}

const TYPE_NAMES: Readonly<Record<number, string>> = {
  [TAG.UTF8_STRING]: 'UTF8String',
  [TAG.PRINTABLE_STRING]: 'PrintableString',
  [TAG.IA5_STRING]: 'IA5String',
  [TAG.TELETEX_STRING]: 'TeletexString',
  [TAG.NUMERIC_STRING]: 'NumericString',
  [TAG.VISIBLE_STRING]: 'VisibleString',
  [TAG.BMP_STRING]: 'BMPString',
  [TAG.UNIVERSAL_STRING]: 'UniversalString',
}

/** Returns the ASN.1 name of a string type, or null if the tag is not one. */
export const stringTypeName = (tag: number): string | null => TYPE_NAMES[tag] ?? null

// One bit per type: which octets it allows (X.680 §41).
const PRINTABLE = 1
const NUMERIC = 2
const VISIBLE = 4
const ALLOWED = new Uint8Array(256)
for (let octet = 0x20; octet < 0x7f; octet++) {
  const character = String.fromCharCode(octet)
  if (/[A-Za-z0-9 '()+,\-./:=?]/.test(character)) ALLOWED[octet]! |= PRINTABLE
  if (/[0-9 ]/.test(character)) ALLOWED[octet]! |= NUMERIC
  ALLOWED[octet]! |= VISIBLE
}

function allAllowed(bytes: Uint8Array, bit: number): boolean {
  for (let i = 0; i < bytes.length; i++) if ((ALLOWED[bytes[i]!]! & bit) === 0) return false
  return true
}

/** Whether the octets follow the rules of their string type (X.680 §41); true for all other types. */
export function isWellFormed(tag: number, bytes: Uint8Array, text: string | null): boolean {
  switch (tag) {
    case TAG.PRINTABLE_STRING:
      return allAllowed(bytes, PRINTABLE)
    case TAG.IA5_STRING:
      return isAscii(bytes)
    case TAG.NUMERIC_STRING:
      return allAllowed(bytes, NUMERIC)
    case TAG.VISIBLE_STRING:
      return allAllowed(bytes, VISIBLE)
    case TAG.BMP_STRING:
      return text !== null && !/[\ud800-\udfff]/.test(text)
    default:
      return text !== null || !(tag in TYPE_NAMES)
  }
}

/** Quoted of a value that is broken: enough to recognize it. */
const MOST_QUOTED = 64

/** Returns the finding about content that its string type does not allow; `oid` is '' if it is no attribute's. */
export const brokenString = (field: string, oid: string, type: string, content: Uint8Array): Finding => ({
  code: 'string-type-broken',
  detail: { field, oid, type, octets: hexOf(content.subarray(0, MOST_QUOTED)) },
})
