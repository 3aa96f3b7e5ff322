/**
 * Plain data ↔ bytes, for data that is sealed or authenticated at rest: a length, JSON, then the byte strings that the
 * JSON refers to. Only null, booleans, numbers, strings, arrays, plain objects and Uint8Array.
 */
import { CodedError } from '../errors.ts'
import type { Bytes } from '../webcrypto/seal.ts'
import { utf8, strictUtf8 } from '../octets.ts'

/** Marks a byte string inside the JSON; no field of ours has this name. */
const REFERENCE = '\u0000'

/** Reserves `lead` octets before the bytes for the caller. */
export function pack(value: unknown, lead = 0): Bytes {
  const strings: Uint8Array[] = []
  const json = JSON.stringify(value, (_key, inner: unknown) =>
    inner instanceof Uint8Array ? { [REFERENCE]: strings.push(inner) - 1 } : inner,
  )
  return joinLengths([utf8(json), ...strings], lead)
}

/** The caller knows the shape: unpacked data has been authenticated, or is checked field by field. */
export function unpack(bytes: Uint8Array): unknown {
  const [json, ...strings] = splitLengths(bytes)
  try {
    const text = strictUtf8(json!) ?? ''
    return JSON.parse(text, (_key, inner: unknown) => resolved(inner, strings)) as unknown
  } catch (error) {
    if (error instanceof CodedError) throw error
    throw new CodedError('record-unreadable', { offset: 4 }, { cause: error })
  }
}

function resolved(inner: unknown, strings: Bytes[]): unknown {
  if (typeof inner !== 'object' || inner === null || !(REFERENCE in inner)) return inner
  const found = strings[Number(inner[REFERENCE])]
  if (!found) throw new CodedError('record-unreadable', { offset: 4 })
  return found
}

/**
 * Each part after its length as four octets, so that no two lists of parts give the same bytes. Reserves `lead` octets
 * before them for the caller.
 */
export function joinLengths(parts: readonly Uint8Array[], lead = 0): Bytes {
  let length = lead
  for (const part of parts) length += 4 + part.length
  const whole = new Uint8Array(length)
  let offset = lead
  for (const part of parts) {
    const { length } = part
    whole[offset++] = length >>> 24
    whole[offset++] = length >>> 16
    whole[offset++] = length >>> 8
    whole[offset++] = length
    whole.set(part, offset)
    offset += length
  }
  return whole
}

export function splitLengths(bytes: Uint8Array): Bytes[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: Bytes[] = []
  let offset = 0
  while (offset < bytes.length) {
    const end = offset + 4 <= bytes.length ? offset + 4 + view.getUint32(offset) : Infinity
    if (end > bytes.length) throw new CodedError('record-unreadable', { offset })
    parts.push(new Uint8Array(bytes.subarray(offset + 4, end)))
    offset = end
  }
  return parts
}
