/** Which parts a frame is the sum of: the same for everyone, from the transfer and the frame's number alone. */

const GOLDEN = 0x9e3779b9

/** The finalizer of MurmurHash3 (public domain): each bit of the result depends on each of the argument, and not linearly over GF(2). */
function mixed(value: number): number {
  let x = value | 0
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}

/** The number of 32-bit words that a row of `parts` bits has. */
export const wordsFor = (parts: number): number => Math.ceil(parts / 32)

/**
 * Returns the row of a frame: bit b of word w (the least significant is 0) stands for part 32 w + b. A frame below the number of parts
 * is that part; any other is the sum of about half of them, and of one at least.
 */
export function rowOf(id: string, parts: number, number: number): Uint32Array<ArrayBuffer> {
  const row = new Uint32Array(wordsFor(parts))
  if (number < parts) return only(row, number)
  const seed = mixed(parseInt(id.slice(0, 8), 16) ^ mixed(number + 1))
  for (let w = 0; w < row.length; w++) row[w] = mixed(seed + Math.imul(w + 1, GOLDEN))
  if (parts % 32 !== 0) row[row.length - 1]! &= (1 << (parts % 32)) - 1
  return row.some((word) => word !== 0) ? row : only(row, number % parts)
}

function only(row: Uint32Array<ArrayBuffer>, part: number): Uint32Array<ArrayBuffer> {
  row[part >> 5] = 1 << (part & 31)
  return row
}
