import { oidOctets } from '../der/oid.ts'
import { TAG, parseWhole } from '../der/reader.ts'
import { wellFormedElement } from '../der/well-formed.ts'
import type { Reader } from '../der/reader.ts'
import {
  compareOctets,
  ia5String,
  isPrintable,
  oid as encodeOid,
  printableString,
  seq,
  setOf,
  tlv,
  utf8String,
} from '../der/writer.ts'
import type { Der } from '../der/writer.ts'
import type { Finding } from '../findings.ts'
import { ATTRIBUTE_OIDS } from './oids.ts'
import { brokenString, isWellFormed, readString, stringTypeName } from './string-types.ts'
import { hexOf, utf8 } from '../octets.ts'

/** One AttributeTypeAndValue (RFC 5280 §4.1.2.4); `tag` and `value` are the string type and its content octets. */
export interface Attribute {
  readonly oid: string
  readonly tag: number
  readonly value: Uint8Array
  /** Null if the value is not a string, or its octets are not valid text of that type. */
  readonly text: string | null
}

export type RelativeDistinguishedName = readonly Attribute[]

/** A distinguished name as encoded; `der` is the whole SEQUENCE, copied and never rebuilt. */
export interface Name {
  readonly der: Uint8Array
  readonly rdns: readonly RelativeDistinguishedName[]
}

/** An attribute to encode; without a `tag` the string type is chosen by RFC 5280 §4.1.2.4 and Appendix A.1. */
export interface AttributeText {
  readonly oid: string
  readonly text: string
  readonly tag?: number
}

/** Reads a Name; `field` is its location for the findings. */
export function parseName(reader: Reader, field: string, findings: Finding[]): Name {
  const start = reader.offset
  const sequence = reader.sequence()
  const rdns: RelativeDistinguishedName[] = []
  while (!sequence.atEnd) rdns.push(parseRdn(sequence.set(), field, findings))
  return { der: reader.since(start), rdns }
}

/** Returns a Name from DER that is known to be one, such as the output of encodeName(). */
export const nameFromDer = (der: Uint8Array): Name =>
  parseWhole(der, (reader) => parseName(reader, 'name', []))

/** Reads the members of one RelativeDistinguishedName; the cursor is over the content of its SET. */
export function parseRdn(set: Reader, field: string, findings: Finding[]): RelativeDistinguishedName {
  const attributes: Attribute[] = []
  let previous = -1
  while (!set.atEnd) {
    const current = set.offset
    attributes.push(parseAttribute(set, field, findings))
    if (previous >= 0 && compareOctets(set.bytes.subarray(previous, current), set.since(current)) > 0)
      findings.push({ code: 'der-set-order', detail: { field } })
    previous = current
  }
  if (attributes.length === 0) findings.push({ code: 'rdn-empty', detail: { field } })
  return attributes
}

function parseAttribute(set: Reader, field: string, findings: Finding[]): Attribute {
  const pair = set.sequence()
  const oid = pair.oid()
  const tag = pair.peekTag()
  // Most are strings, in which only the characters can be wrong.
  const value =
    stringTypeName(tag) === null
      ? parseWhole(wellFormedElement(pair), (reader) => reader.content())
      : pair.content()
  pair.finish()
  const text = readString(tag, value)
  if (!isWellFormed(tag, value, text))
    findings.push(brokenString(field, oid, stringTypeName(tag) ?? '', value))
  return { oid, tag, value, text }
}

/** Encodes a name from attributes, usually one per set; a set of several is put in DER order. */
export function encodeName(rdns: readonly (readonly (Attribute | AttributeText)[])[]): Der {
  return seq(...rdns.map((rdn) => encodeRdn(rdn)))
}

export function encodeRdn(rdn: readonly (Attribute | AttributeText)[]): Der {
  return setOf(...rdn.map((attribute) => seq(encodeOid(attribute.oid), encodeValue(attribute))))
}

function encodeValue(attribute: Attribute | AttributeText): Der {
  if ('value' in attribute) return tlv(attribute.tag, attribute.value)
  const { oid, text, tag = stringTypeOf(oid) } = attribute
  if (tag === TAG.PRINTABLE_STRING) return printableString(text)
  if (tag === TAG.IA5_STRING) return ia5String(text)
  if (tag === TAG.UTF8_STRING) return utf8String(text)
  throw new Error(`names are not written as ${stringTypeName(tag) ?? String(tag)}`)
}

const PRINTABLE: ReadonlySet<string> = new Set([
  ATTRIBUTE_OIDS.C,
  ATTRIBUTE_OIDS.jurisdictionC,
  ATTRIBUTE_OIDS.serialNumber,
  ATTRIBUTE_OIDS.dnQualifier,
])
const IA5: ReadonlySet<string> = new Set([ATTRIBUTE_OIDS.emailAddress, ATTRIBUTE_OIDS.DC])

/** Returns the string type of an attribute: the only one that RFC 5280 Appendix A.1 allows, else UTF8String. */
export function stringTypeOf(oid: string): number {
  return PRINTABLE.has(oid) ? TAG.PRINTABLE_STRING : IA5.has(oid) ? TAG.IA5_STRING : TAG.UTF8_STRING
}

/** Whether a string type used in names can hold the text (X.680 §41). */
export function fitsStringType(tag: number, text: string): boolean {
  if (tag === TAG.PRINTABLE_STRING) return isPrintable(text)
  return tag === TAG.UTF8_STRING || /^\p{ASCII}*$/u.test(text)
}

const SHORT_NAMES = new Map<string, string>(Object.entries(ATTRIBUTE_OIDS).map(([name, oid]) => [oid, name]))
const OIDS_BY_NAME = new Map(Object.entries(ATTRIBUTE_OIDS).map(([name, oid]) => [name.toLowerCase(), oid]))
for (const [name, oid] of [
  ['e', ATTRIBUTE_OIDS.emailAddress],
  ['email', ATTRIBUTE_OIDS.emailAddress],
  ['s', ATTRIBUTE_OIDS.ST],
  ['surname', ATTRIBUTE_OIDS.SN],
  ['givenname', ATTRIBUTE_OIDS.GN],
] as const)
  OIDS_BY_NAME.set(name, oid)

/**
 * Returns the text of a name, last part first (RFC 4514 §2). Characters that could hide or reorder the rest (controls,
 * bidirectional marks) are written as their octets, as §2.4 allows for any character.
 */
export function nameToText(name: Name): string {
  let text = ''
  for (let i = name.rdns.length - 1; i >= 0; i--) {
    if (text !== '') text += ','
    text += rdnToText(name.rdns[i]!)
  }
  return text
}

export const rdnToText = (rdn: RelativeDistinguishedName): string => rdn.map(attributeToText).join('+')

function attributeToText(attribute: Attribute): string {
  const { oid, text } = attribute
  // A type with a short name has a string value (§2.4).
  return text === null
    ? `${oid}=${attributeValueText(attribute)}`
    : `${attributeTypeText(oid)}=${escapeText(text)}`
}

/** CN, O, …, or the dotted OID. */
export const attributeTypeText = (oid: string): string => SHORT_NAMES.get(oid) ?? oid

/** The value alone, unescaped: its string, or # and the DER in hexadecimal if it is not a string (RFC 4514 §2.4). */
export const attributeValueText = ({ tag, value, text }: Attribute): string =>
  text ?? `#${hexOf(tlv(tag, value))}`

const SPECIAL = /[\\"+,;<>]|^[ #]| $/g
const HIDDEN = /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu
const NOTHING_SPECIAL = /^[\w.*@:/()'-](?:[\w.*@:/()' -]*[\w.*@:/()'-])?$/

function escapeText(text: string): string {
  if (NOTHING_SPECIAL.test(text)) return text
  return text
    .replace(SPECIAL, (character) => `\\${character}`)
    .replace(HIDDEN, (character) => hexOf(utf8(character)).replace(/../g, '\\$&'))
}

/** Returns the OID of an attribute type from its short name (any case) or dotted text; null if it is neither. */
export function attributeOidOf(text: string): string | null {
  const dotted = text.replace(/^oid\./i, '')
  return OIDS_BY_NAME.get(text.toLowerCase()) ?? (oidOctets(dotted) ? dotted : null)
}
