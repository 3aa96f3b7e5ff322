import { parseWhole } from '../der/reader.ts'
import { integer, seq } from '../der/writer.ts'
import type { Der } from '../der/writer.ts'

/**
 * Converts ECDSA-Sig-Value (RFC 3279 §2.2.3) to r‖s of `octets` each, as WebCrypto expects it. Null if the octets are
 * not DER, or r or s is negative or longer than the curve's order: no such signature is ever valid.
 */
export function ecdsaToRaw(der: Uint8Array, octets: number): Uint8Array<ArrayBuffer> | null {
  try {
    return parseWhole(der, (reader) => {
      const value = reader.sequence()
      const r = value.integer()
      const s = value.integer()
      value.finish()
      const raw = new Uint8Array(2 * octets)
      return place(raw, r, octets) && place(raw, s, 2 * octets) ? raw : null
    })
  } catch {
    return null
  }

  function place(raw: Uint8Array, content: Uint8Array, end: number): boolean {
    const unsigned = content[0] === 0 ? content.subarray(1) : content
    if (content[0]! >= 0x80 || unsigned.length > octets) return false
    raw.set(unsigned, end - unsigned.length)
    return true
  }
}

/** Converts r‖s as WebCrypto returns it to ECDSA-Sig-Value. */
export function ecdsaFromRaw(raw: Uint8Array): Der {
  const half = raw.length / 2
  return seq(integer(raw.subarray(0, half)), integer(raw.subarray(half)))
}
