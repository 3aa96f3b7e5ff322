import { hexOf } from '../../../octets.ts'

const KEYS = new WeakMap<Uint8Array, string>()

/** Returns a text that octets alone have; of the same array it is made once, however many ends hold it. */
export function octetsKey(octets: Uint8Array): string {
  const known = KEYS.get(octets)
  if (known !== undefined) return known
  const key = hexOf(octets)
  KEYS.set(octets, key)
  return key
}
