import { concat } from '../../octets.ts'

/** The presentation language of TLS (RFC 8446 §3), written. */

/** A number of so many octets, most significant first. Throws if it is larger: that is a fault of the caller. */
export function uint(width: 1 | 2 | 3, value: number): Uint8Array<ArrayBuffer> {
  if (!Number.isInteger(value) || value < 0 || value >= 256 ** width)
    throw new RangeError(`${String(value)} does not fit into ${String(width)} octets`)
  const out = new Uint8Array(width)
  for (let i = width - 1, left = value; i >= 0; i--, left = Math.floor(left / 256)) out[i] = left % 256
  return out
}

/** A vector whose length takes so many octets. */
export function vector(width: 1 | 2 | 3, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const content = concat(parts)
  return concat([uint(width, content.length), content])
}

export const numbers = (width: 1 | 2, each: 1 | 2, values: readonly number[]): Uint8Array<ArrayBuffer> =>
  vector(width, ...values.map((value) => uint(each, value)))
