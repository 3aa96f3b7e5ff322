import { CodedError } from '../errors.ts'
import { readOid } from './oid.ts'
import { readGeneralizedTime, readUtcTime } from './time.ts'
import type { Time } from './time.ts'

/** Identifier octets (X.690 §8.1.2) of the universal types X.509 uses. */
export const TAG = {
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  NULL: 0x05,
  OID: 0x06,
  ENUMERATED: 0x0a,
  UTF8_STRING: 0x0c,
  NUMERIC_STRING: 0x12,
  PRINTABLE_STRING: 0x13,
  TELETEX_STRING: 0x14,
  IA5_STRING: 0x16,
  UTC_TIME: 0x17,
  GENERALIZED_TIME: 0x18,
  VISIBLE_STRING: 0x1a,
  UNIVERSAL_STRING: 0x1c,
  BMP_STRING: 0x1e,
  SEQUENCE: 0x30,
  SET: 0x31,
} as const

/** Context-specific identifier octet [n] with primitive content (IMPLICIT over a primitive type). */
export const contextPrimitive = (n: number): number => 0x80 | n
/** Context-specific identifier octet [n] with constructed content (EXPLICIT, or IMPLICIT over a constructed type). */
export const contextConstructed = (n: number): number => 0xa0 | n

export interface Limits {
  /** Maximum octets of input. */
  readonly size: number
  /** Maximum nesting of constructed values. */
  readonly depth: number
}

/** 64 MiB is enough for a revocation list of a million entries; no standard structure nests deeper than about 20. */
export const DEFAULT_LIMITS: Limits = { size: 64 * 1024 * 1024, depth: 48 }

export interface BitString {
  readonly unusedBits: number
  readonly bytes: Uint8Array
}

/**
 * A cursor over DER (X.690 §8, §10, §11). It copies nothing: values are views of the input. Anything that is not DER at
 * the level of tag, length and primitive content throws a CodedError with the offset in the input.
 */
export class Reader {
  readonly bytes: Uint8Array
  readonly end: number
  offset: number
  readonly #depth: number
  readonly #maxDepth: number

  constructor(bytes: Uint8Array, limits?: Limits)
  /** @internal a child cursor over bytes[start, end) */
  constructor(
    bytes: Uint8Array,
    limits: Limits | undefined,
    start: number,
    end: number,
    depth: number,
    maxDepth: number,
  )
  constructor(
    bytes: Uint8Array,
    limits: Limits = DEFAULT_LIMITS,
    start = 0,
    end = bytes.length,
    depth = 0,
    maxDepth = limits.depth,
  ) {
    if (depth === 0 && bytes.length > limits.size)
      throw new CodedError('der-too-large', { size: bytes.length, limit: limits.size })
    this.bytes = bytes
    this.offset = start
    this.end = end
    this.#depth = depth
    this.#maxDepth = maxDepth
  }

  get atEnd(): boolean {
    return this.offset === this.end
  }

  /** Returns the identifier octet of the next value, or −1 at the end. */
  peekTag(): number {
    return this.offset < this.end ? this.bytes[this.offset]! : -1
  }

  /** Steps over a header whose identifier octet is `tag` (any, if omitted) and returns where its content ends. */
  #enter(tag?: number): number {
    const { bytes, end } = this
    let at = this.offset
    if (at >= end) throw new CodedError('der-truncated', { offset: at, need: 2, have: end - at })
    const actual = bytes[at]!
    if (tag !== undefined && actual !== tag)
      throw new CodedError('der-unexpected-tag', { offset: at, expected: tag, actual })
    if ((actual & 0x1f) === 0x1f) throw new CodedError('der-high-tag-number', { offset: at })
    at += 1
    if (at >= end) throw new CodedError('der-truncated', { offset: at, need: 1, have: 0 })
    let length = bytes[at]!
    at += 1
    if (length >= 0x80) {
      const count = length & 0x7f
      if (count === 0) throw new CodedError('der-length-indefinite', { offset: at - 1 })
      if (count > 4) throw new CodedError('der-length-too-large', { offset: at - 1 })
      if (at + count > end) throw new CodedError('der-truncated', { offset: at, need: count, have: end - at })
      length = 0
      for (let i = 0; i < count; i++) length = length * 256 + bytes[at + i]!
      if (length < 0x80 || bytes[at] === 0) throw new CodedError('der-length-not-minimal', { offset: at - 1 })
      at += count
    }
    if (length > end - at) throw new CodedError('der-truncated', { offset: at, need: length, have: end - at })
    this.offset = at
    return at + length
  }

  #child(tag: number): Reader {
    const start = this.offset
    const end = this.#enter(tag)
    const depth = this.#depth + 1
    if (depth > this.#maxDepth) throw new CodedError('der-too-deep', { offset: start, limit: this.#maxDepth })
    const child = new Reader(this.bytes, undefined, this.offset, end, depth, this.#maxDepth)
    this.offset = end
    return child
  }

  /** Returns a cursor over the content of the next value, which must be a SEQUENCE. */
  sequence(): Reader {
    return this.#child(TAG.SEQUENCE)
  }

  /**
   * Returns a cursor over the content of the next value, which must be a SET. Checking its order is up to the caller
   * (X.690 §11.6).
   */
  set(): Reader {
    return this.#child(TAG.SET)
  }

  /** Returns a cursor over the content of the next value, which must have this (constructed) identifier octet. */
  constructed(tag: number): Reader {
    return this.#child(tag)
  }

  /** As constructed(); returns null without a step if the next value has another tag. */
  optional(tag: number): Reader | null {
    return this.peekTag() === tag ? this.#child(tag) : null
  }

  /** Returns the octets of the whole next value: identifier, length and content. */
  element(tag?: number): Uint8Array {
    const start = this.offset
    this.offset = this.#enter(tag)
    return this.bytes.subarray(start, this.offset)
  }

  /** Returns the content octets of the next value. */
  content(tag?: number): Uint8Array {
    const end = this.#enter(tag)
    const content = this.bytes.subarray(this.offset, end)
    this.offset = end
    return content
  }

  /** Skips the next value and returns its identifier octet. */
  skip(tag?: number): number {
    const actual = this.peekTag()
    this.offset = this.#enter(tag)
    return actual
  }

  /** Returns the octets read since `start`. */
  since(start: number): Uint8Array {
    return this.bytes.subarray(start, this.offset)
  }

  /** Returns the content octets of an INTEGER: two's complement, minimal (X.690 §8.3). */
  integer(tag: number = TAG.INTEGER): Uint8Array {
    const start = this.offset
    const content = this.content(tag)
    if (content.length === 0) throw new CodedError('der-integer-empty', { offset: start })
    if (content.length > 1) {
      const first = content[0]!
      const sign = content[1]! & 0x80
      if ((first === 0 && sign === 0) || (first === 0xff && sign !== 0))
        throw new CodedError('der-integer-not-minimal', { offset: start })
    }
    return content
  }

  /** Returns a non-negative INTEGER (or ENUMERATED) of at most 2^31−1. */
  smallInteger(tag: number = TAG.INTEGER): number {
    const start = this.offset
    const content = this.integer(tag)
    if (content.length > 4 || content[0]! >= 0x80)
      throw new CodedError('der-integer-too-large', { offset: start })
    let value = 0
    for (const octet of content) value = value * 256 + octet
    return value
  }

  /** Returns a BOOLEAN: only 00 or FF (X.690 §11.1). */
  boolean(tag: number = TAG.BOOLEAN): boolean {
    const start = this.offset
    const content = this.content(tag)
    const value = content[0]
    if (content.length !== 1 || (value !== 0 && value !== 0xff))
      throw new CodedError('der-boolean-invalid', { offset: start, value: value ?? -1 })
    return value === 0xff
  }

  /** Returns an OBJECT IDENTIFIER in dotted form. */
  oid(tag: number = TAG.OID): string {
    const start = this.offset
    const end = this.#enter(tag)
    const value = readOid(this.bytes, this.offset, end)
    if (value === null) throw new CodedError('der-oid-invalid', { offset: start })
    this.offset = end
    return value
  }

  null(): void {
    const start = this.offset
    if (this.content(TAG.NULL).length !== 0) throw new CodedError('der-null-invalid', { offset: start })
  }

  octetString(tag: number = TAG.OCTET_STRING): Uint8Array {
    return this.content(tag)
  }

  /** Returns a primitive BIT STRING whose unused bits are zero (X.690 §8.6, §11.2.1). */
  bitString(tag: number = TAG.BIT_STRING): BitString {
    const start = this.offset
    const end = this.#enter(tag)
    const length = end - this.offset
    const unusedBits = this.bytes[this.offset]!
    const last = this.bytes[end - 1]!
    if (
      length === 0 ||
      unusedBits > 7 ||
      (length === 1 && unusedBits !== 0) ||
      (length > 1 && (last & ((1 << unusedBits) - 1)) !== 0)
    )
      throw new CodedError('der-bit-string-invalid', { offset: start })
    const bytes = this.bytes.subarray(this.offset + 1, end)
    this.offset = end
    return { unusedBits, bytes }
  }

  /** Returns a UTCTime or GeneralizedTime in the only form that RFC 5280 §4.1.2.5 allows for each. */
  time(): Time {
    const start = this.offset
    const isUtc = this.peekTag() === TAG.UTC_TIME
    const end = this.#enter(isUtc ? TAG.UTC_TIME : TAG.GENERALIZED_TIME)
    const at = this.offset
    const date = isUtc ? readUtcTime(this.bytes, at, end) : readGeneralizedTime(this.bytes, at, end)
    if (date === null)
      throw new CodedError('der-time-invalid', {
        offset: start,
        text: String.fromCharCode(...this.bytes.subarray(at, Math.min(end, at + 32))),
      })
    this.offset = end
    return { date, type: isUtc ? 'UTCTime' : 'GeneralizedTime' }
  }

  /** Throws der-trailing-data unless everything has been read. */
  finish(): void {
    if (this.offset !== this.end)
      throw new CodedError('der-trailing-data', { offset: this.offset, length: this.end - this.offset })
  }
}

/** Reads one whole value with `read`; throws if anything follows it. */
export function parseWhole<T>(bytes: Uint8Array, read: (reader: Reader) => T, limits?: Limits): T {
  const reader = new Reader(bytes, limits)
  const value = read(reader)
  reader.finish()
  return value
}
