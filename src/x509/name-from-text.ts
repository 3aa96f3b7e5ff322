import { Reader } from '../der/reader.ts'
import { CodedError, isCodedError } from '../errors.ts'
import { attributeOidOf, fitsStringType, stringTypeOf } from './name.ts'
import type { Attribute, AttributeText } from './name.ts'
import { hexOctets, utf8, strictUtf8 } from '../octets.ts'
import { readString } from './string-types.ts'

/**
 * Returns a name from its text (RFC 4514 §3), in the form encodeName() takes: the part written last comes first. White
 * space around separators is ignored, as RFC 2253 readers do. Throws CodedError name-text-invalid with the position.
 */
export function parseNameText(text: string): (Attribute | AttributeText)[][] {
  const rdns: (Attribute | AttributeText)[][] = []
  const cursor: Cursor = { text, at: 0 }
  skipSpace(cursor)
  if (cursor.at === text.length) return rdns
  for (;;) {
    const rdn = [parseAttributeText(cursor)]
    while (text[cursor.at] === '+') {
      cursor.at += 1
      rdn.push(parseAttributeText(cursor))
    }
    rdns.unshift(rdn)
    if (cursor.at === text.length) return rdns
    cursor.at += 1 // a comma or semicolon: nothing else ends a value
  }
}

interface Cursor {
  readonly text: string
  at: number
}

const invalid = (offset: number): CodedError => new CodedError('name-text-invalid', { offset })

function skipSpace(cursor: Cursor): void {
  while (cursor.text[cursor.at] === ' ') cursor.at += 1
}

function parseAttributeText(cursor: Cursor): Attribute | AttributeText {
  skipSpace(cursor)
  const start = cursor.at
  const equals = cursor.text.indexOf('=', start)
  if (equals < 0) throw invalid(start)
  const oid = attributeOidOf(cursor.text.slice(start, equals).trimEnd())
  if (oid === null) throw invalid(start)
  cursor.at = equals + 1
  skipSpace(cursor)
  if (cursor.text[cursor.at] === '#') return hexAttribute(cursor, oid)
  const value = cursor.at
  const text = parseValue(cursor)
  if (!fitsStringType(stringTypeOf(oid), text)) throw invalid(value)
  return { oid, text }
}

/** #hexstring: the DER of the value (§2.4). */
function hexAttribute(cursor: Cursor, oid: string): Attribute {
  const start = cursor.at + 1
  let end = start
  while (end < cursor.text.length && !',;+'.includes(cursor.text[end]!)) end += 1
  const digits = cursor.text.slice(start, end).trimEnd()
  cursor.at = end
  const der = /^[0-9a-fA-F]+$/.test(digits) ? hexOctets(digits) : null
  if (!der) throw invalid(start)
  try {
    const reader = new Reader(der)
    const tag = reader.peekTag()
    const value = reader.content()
    reader.finish()
    return { oid, tag, value, text: readString(tag, value) }
  } catch (error) {
    if (isCodedError(error)) throw invalid(start)
    throw error
  }
}

/**
 * Reads a value up to its separator; \ escapes one character or one octet of UTF-8 (§2.4), quotes the whole (RFC 2253
 * §4).
 */
function parseValue(cursor: Cursor): string {
  const { text } = cursor
  const start = cursor.at
  const octets: number[] = []
  let kept = 0 // trailing space up to here is escaped and must not be trimmed
  const quoted = text[cursor.at] === '"'
  if (quoted) cursor.at += 1
  for (;;) {
    if (cursor.at >= text.length) {
      if (quoted) throw invalid(start)
      break
    }
    const character = text[cursor.at]!
    if (quoted ? character === '"' : ',;+'.includes(character)) break
    if (character === '\\') {
      octets.push(...escaped(cursor))
      kept = octets.length
      continue
    }
    if (!quoted && '"<>'.includes(character)) throw invalid(cursor.at)
    const point = String.fromCodePoint(text.codePointAt(cursor.at)!)
    cursor.at += point.length
    octets.push(...utf8(point))
    if (point !== ' ' || quoted) kept = octets.length
  }
  if (quoted) {
    cursor.at += 1
    skipSpace(cursor)
    if (cursor.at < text.length && !',;+'.includes(text[cursor.at]!)) throw invalid(cursor.at)
  }
  const value = strictUtf8(Uint8Array.from(octets.slice(0, kept)))
  if (value === null) throw invalid(start)
  return value
}

function escaped(cursor: Cursor): Iterable<number> {
  const rest = cursor.text.slice(cursor.at + 1, cursor.at + 3)
  if (/^[0-9a-fA-F]{2}$/.test(rest)) {
    cursor.at += 3
    return [parseInt(rest, 16)]
  }
  if (rest === '' || !'\\"+,;<>=# '.includes(rest[0]!)) throw invalid(cursor.at)
  cursor.at += 2
  return utf8(rest[0]!)
}
