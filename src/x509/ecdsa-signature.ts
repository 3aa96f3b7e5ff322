import { Reader } from '../der/reader.ts'
import { integer, seq } from '../der/writer.ts'
import type { Der } from '../der/writer.ts'

/**
 * Converts ECDSA-Sig-Value (RFC 3279 §2.2.3) to r‖s of `octets` each, as WebCrypto expects it. Null if the octets are
 * not DER, or r or s is negative or longer than the curve's order: no such signature is ever valid.
 */
export function ecdsaToRaw(der: Uint8Array, octets: number): Uint8Array<ArrayBuffer> | null {
  const raw = new Uint8Array(2 * octets)
  try {
    const whole = new Reader(der)
    const value = whole.sequence()
    const fits = place(value.integer(), raw, 0, octets) && place(value.integer(), raw, octets, octets)
    value.finish()
    whole.finish()
    return fits ? raw : null
  } catch {
    return null
  }
}

/** Writes a positive INTEGER's content as `octets` octets; returns whether it is one, and fits. */
function place(content: Uint8Array, raw: Uint8Array, start: number, octets: number): boolean {
  const zeros = content[0] === 0 ? 1 : 0
  const skipped = octets - (content.length - zeros)
  if (content[0]! >= 0x80 || skipped < 0) return false
  for (let i = zeros; i < content.length; i++) raw[start + skipped + i - zeros] = content[i]!
  return true
}

/** Converts r‖s as WebCrypto returns it to ECDSA-Sig-Value. */
export function ecdsaFromRaw(raw: Uint8Array): Der {
  const half = raw.length / 2
  return seq(integer(raw.subarray(0, half)), integer(raw.subarray(half)))
}
