import { CodedError } from '../errors.ts'
import { TAG } from './reader.ts'
import type { Reader } from './reader.ts'

const CONSTRUCTED = 0x20
const CLASS = 0xc0
/** Universal types that contain other values: EXTERNAL, EMBEDDED PDV, SEQUENCE, SET, unrestricted CHARACTER STRING. */
const MADE_OF_OTHERS: ReadonlySet<number> = new Set([0x08, 0x0b, 0x10, 0x11, 0x1d])

/**
 * Returns the octets of the next value, which may be of any type. Every universal type in it, at any depth, must have
 * the one form that DER gives this type (X.690 §8, §10.2, §11); throws a CodedError with the offset otherwise.
 */
export function wellFormedElement(reader: Reader): Uint8Array {
  const start = reader.offset
  skipWellFormed(reader)
  return reader.since(start)
}

function skipWellFormed(reader: Reader): void {
  const tag = reader.peekTag()
  const isConstructed = (tag & CONSTRUCTED) !== 0
  if (tag >= 0 && (tag & CLASS) === 0) {
    const isMadeOfOthers = MADE_OF_OTHERS.has(tag & 0x1f)
    // §10.2: no string in segments.
    if (isConstructed !== isMadeOfOthers)
      throw new CodedError('der-unexpected-tag', {
        offset: reader.offset,
        expected: tag ^ CONSTRUCTED,
        actual: tag,
      })
    if (!isConstructed) return skipPrimitive(reader, tag)
  }
  if (!isConstructed) return void reader.skip()
  const inner = reader.constructed(tag)
  while (!inner.atEnd) skipWellFormed(inner)
}

function skipPrimitive(reader: Reader, tag: number): void {
  switch (tag) {
    case TAG.BOOLEAN:
      return void reader.boolean()
    case TAG.INTEGER:
    case TAG.ENUMERATED:
      return void reader.integer(tag)
    case TAG.BIT_STRING:
      return void reader.bitString()
    case TAG.NULL:
      return reader.null()
    case TAG.OID:
      return void reader.oid()
    default:
      return void reader.skip()
  }
}
