import { concat, utf8 } from '../octets.ts'
import { TAG, contextConstructed } from './reader.ts'
import { oidOctets } from './oid.ts'
import { timeText, timeType } from './time.ts'
import type { TimeType } from './time.ts'

/** Small functions that return DER octets. They compose: seq(oid(…), integer(1)). */
export type Der = Uint8Array<ArrayBuffer>

function header(out: Uint8Array, tag: number, length: number, lengthOctets: number): void {
  out[0] = tag
  if (lengthOctets === 1) out[1] = length
  else {
    out[1] = 0x80 | (lengthOctets - 1)
    for (let i = lengthOctets; i > 1; i--) {
      out[i] = length & 0xff
      length = Math.floor(length / 256)
    }
  }
}

function lengthOctetsFor(length: number): number {
  return length < 0x80 ? 1 : length < 0x100 ? 2 : length < 0x10000 ? 3 : length < 0x1000000 ? 4 : 5
}

/** Returns one value: identifier octet, shortest length, and the parts as content. */
export function tlv(tag: number, ...parts: readonly Uint8Array[]): Der {
  let length = 0
  for (const part of parts) length += part.length
  const lengthOctets = lengthOctetsFor(length)
  const out = new Uint8Array(1 + lengthOctets + length)
  header(out, tag, length, lengthOctets)
  let at = 1 + lengthOctets
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** Returns only the identifier and length octets, for content that is written elsewhere. */
export function tlvHeader(tag: number, length: number): Der {
  const lengthOctets = lengthOctetsFor(length)
  const out = new Uint8Array(1 + lengthOctets)
  header(out, tag, length, lengthOctets)
  return out
}

export const seq = (...parts: readonly Uint8Array[]): Der => tlv(TAG.SEQUENCE, ...parts)
/** A SET whose elements are already in order (X.690 §10.3). */
export const set = (...parts: readonly Uint8Array[]): Der => tlv(TAG.SET, ...parts)
/** A SET OF: elements ordered by their octets (X.690 §11.6). */
export const setOf = (...parts: readonly Uint8Array[]): Der => tlv(TAG.SET, ...[...parts].sort(compareOctets))

/** Compares octet strings in the order of X.690 §11.6, a shorter one padded with zeros. */
export function compareOctets(a: Uint8Array, b: Uint8Array): number {
  const length = Math.max(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** An EXPLICIT tag [n] around one value. */
export const explicit = (n: number, ...parts: readonly Uint8Array[]): Der =>
  tlv(contextConstructed(n), ...parts)

/** Returns the same value under the IMPLICIT tag [n], constructed or primitive as before. */
export function implicit(n: number, value: Uint8Array): Der {
  const out = Uint8Array.from(value)
  out[0] = 0x80 | (out[0]! & 0x20) | n
  return out
}

/** An INTEGER from a safe integer, a bigint, or the octets of an unsigned big-endian number. */
export function integer(value: number | bigint | Uint8Array): Der {
  return tlv(TAG.INTEGER, value instanceof Uint8Array ? unsignedOctets(value) : twosComplement(BigInt(value)))
}

function unsignedOctets(value: Uint8Array): Uint8Array {
  let start = 0
  while (start < value.length - 1 && value[start] === 0) start += 1
  if (value.length === 0) return Uint8Array.of(0)
  return value[start]! < 0x80 ? value.subarray(start) : concat([Uint8Array.of(0), value.subarray(start)])
}

function twosComplement(value: bigint): Uint8Array {
  const octets: number[] = []
  let left = value
  do {
    octets.unshift(Number(left & 0xffn))
    left >>= 8n
  } while (!(left === 0n && octets[0]! < 0x80) && !(left === -1n && octets[0]! >= 0x80))
  return Uint8Array.from(octets)
}

/** An INTEGER with the given content octets (a serial number read elsewhere). */
export const integerContent = (content: Uint8Array): Der => tlv(TAG.INTEGER, content)
export const enumerated = (value: number): Der => tlv(TAG.ENUMERATED, twosComplement(BigInt(value)))
export const boolean = (value: boolean): Der => Uint8Array.of(TAG.BOOLEAN, 1, value ? 0xff : 0)
export const nul = (): Der => Uint8Array.of(TAG.NULL, 0)
export const octetString = (...parts: readonly Uint8Array[]): Der => tlv(TAG.OCTET_STRING, ...parts)
export const bitString = (bytes: Uint8Array, unusedBits = 0): Der =>
  tlv(TAG.BIT_STRING, Uint8Array.of(unusedBits), bytes)

const oids = new Map<string, Der>()

/** An OBJECT IDENTIFIER from dotted text; a malformed text is a bug of the caller. */
export function oid(text: string): Der {
  let known = oids.get(text)
  if (!known) {
    const octets = oidOctets(text)
    if (!octets) throw new Error(`not an object identifier: ${text}`)
    known = tlv(TAG.OID, octets)
    if (oids.size < 1000) oids.set(text, known)
  }
  return known
}

/** A named-bit list: bit numbers set, trailing zero bits dropped (X.690 §11.2.2). */
export function namedBits(bits: Iterable<number>): Der {
  const list = [...bits]
  const last = Math.max(-1, ...list)
  const bytes = new Uint8Array(Math.ceil((last + 1) / 8))
  for (const bit of list) bytes[bit >> 3]! |= 0x80 >> (bit & 7)
  return bitString(bytes, last < 0 ? 0 : 7 - (last & 7))
}

export const utf8String = (text: string): Der => tlv(TAG.UTF8_STRING, utf8(text))

/** Characters outside A–Z a–z 0–9 space ' ( ) + , - . / : = ? are a bug of the caller (X.680 §41.4). */
export function printableString(text: string): Der {
  if (!isPrintable(text)) throw new Error('not a PrintableString')
  return tlv(TAG.PRINTABLE_STRING, utf8(text))
}

export const isPrintable = (text: string): boolean => /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text)

/** Characters outside ASCII are a bug of the caller. */
export function ia5String(text: string): Der {
  const bytes = utf8(text)
  if (bytes.length !== text.length) throw new Error('not an IA5String')
  return tlv(TAG.IA5_STRING, bytes)
}

/** A time of the type that RFC 5280 §4.1.2.5 requires for this date, unless another is given. */
export function time(date: Date, type: TimeType = timeType(date)): Der {
  return tlv(type === 'UTCTime' ? TAG.UTC_TIME : TAG.GENERALIZED_TIME, utf8(timeText(date, type)))
}
export const generalizedTime = (date: Date): Der => time(date, 'GeneralizedTime')
