/** Certificate Transparency's signed certificate timestamps, in certificates and OCSP responses (RFC 6962 §3). */

/** A timestamp of version 1, the only one that RFC 6962 defines. */
export interface SignedTimestamp {
  /** SHA-256 of the log's key. */
  readonly logId: Uint8Array
  readonly at: Date
  /** RFC 5246 §7.4.1.4.1: numbers of the hash and of the signature algorithm. */
  readonly hash: number
  readonly signature: number
}

export interface TimestampList {
  /** All of it, as it is inside its OCTET STRING. */
  readonly octets: Uint8Array
  readonly fault: 'encoding' | 'empty' | null
  /** Null for one of another version, or whose parts do not fill it; none if the list has a fault. */
  readonly timestamps: readonly (SignedTimestamp | null)[]
}

/** Octets of an SCT of version 1 without extensions, before its signature. */
const SHORTEST = 47
const LOG_ID = 32

/** Returns what a list says (§3.3); `octets`: the content of its OCTET STRING. */
export function readTimestampList(octets: Uint8Array): TimestampList {
  const found = serialized(octets)
  return typeof found === 'string'
    ? { octets, fault: found, timestamps: [] }
    : { octets, fault: null, timestamps: found.map(readTimestamp) }
}

function serialized(list: Uint8Array): Uint8Array[] | 'encoding' | 'empty' {
  if (list.length < 2 || length16(list, 0) !== list.length - 2) return 'encoding'
  if (list.length === 2) return 'empty'
  const found: Uint8Array[] = []
  for (let at = 2; at < list.length;) {
    if (at + 2 > list.length) return 'encoding'
    const end = at + 2 + length16(list, at)
    if (end > list.length || end - at - 2 < SHORTEST) return 'encoding'
    found.push(list.subarray(at + 2, end))
    at = end
  }
  return found
}

/** §3.2 */
function readTimestamp(octets: Uint8Array): SignedTimestamp | null {
  if (octets[0] !== 0) return null
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength)
  const at = new Date(Number(view.getBigUint64(1 + LOG_ID)))
  const signed = 1 + LOG_ID + 8 + 2 + view.getUint16(1 + LOG_ID + 8)
  if (Number.isNaN(at.getTime()) || signed + 4 > octets.length) return null
  if (signed + 4 + view.getUint16(signed + 2) !== octets.length) return null
  return { logId: octets.slice(1, 1 + LOG_ID), at, hash: octets[signed]!, signature: octets[signed + 1]! }
}

const length16 = (octets: Uint8Array, at: number): number => octets[at]! * 256 + octets[at + 1]!
