import { wordsFor } from './rows.ts'

/** Linear equations over GF(2), one for each frame, solved as they arrive. */
export class Solver {
  /** How many of the parts are determined in the end by what arrived: all of them when this is their number. */
  rank = 0
  readonly parts: number
  readonly #words: number
  /** By the first part that each has: its row, and the sum that it is. */
  readonly #rows: (Uint32Array | undefined)[]
  readonly #sums: (Uint32Array | undefined)[]

  constructor(parts: number, size: number) {
    this.parts = parts
    this.#words = Math.ceil(size / 4)
    this.#rows = new Array<Uint32Array | undefined>(parts)
    this.#sums = new Array<Uint32Array | undefined>(parts)
  }

  get isDone(): boolean {
    return this.rank === this.parts
  }

  /** Whether the part at `at` leads an equation: what a picture of the progress shows. */
  has(at: number): boolean {
    return this.#rows[at] !== undefined
  }

  /** Adds what a frame says, and returns whether anything of it was new. `row` is used up. Work: at most one pass over all equations. */
  add(row: Uint32Array<ArrayBuffer>, part: Uint8Array): boolean {
    const sum = this.#wordsOf(part)
    for (let w = 0; w < wordsFor(this.parts); w++) {
      while (row[w] !== 0) {
        const at = 32 * w + 31 - Math.clz32(row[w]! & -row[w]!)
        const known = this.#rows[at]
        if (!known) {
          this.#rows[at] = row
          this.#sums[at] = sum
          this.rank++
          return true
        }
        plus(row, known, w)
        plus(sum, this.#sums[at]!, 0)
      }
    }
    return false
  }

  /** Returns all parts, one after the other, cut to `length`; only if `isDone`. */
  octets(length: number, size: number): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(length)
    for (let at = this.parts - 1; at >= 0; at--) {
      const sum = this.#sums[at]!
      this.#eachAfter(at, (other) => plus(sum, this.#sums[other]!, 0))
      const octets = new Uint8Array(sum.buffer, 0, size)
      out.set(octets.subarray(0, Math.min(size, length - at * size)), at * size)
    }
    return out
  }

  /** The other parts in the row that begins at `at`: they are known by then, so it needs no longer be kept. */
  #eachAfter(at: number, use: (other: number) => void): void {
    const row = this.#rows[at]!
    for (let other = at + 1; other < this.parts; other++)
      if ((row[other >> 5]! >>> (other & 31)) & 1) use(other)
    row.fill(0)
    row[at >> 5] = 1 << (at & 31)
  }

  #wordsOf(part: Uint8Array): Uint32Array {
    const words = new Uint32Array(this.#words)
    new Uint8Array(words.buffer).set(part)
    return words
  }
}

function plus(to: Uint32Array, other: Uint32Array, from: number): void {
  for (let i = from; i < to.length; i++) to[i]! ^= other[i]!
}
