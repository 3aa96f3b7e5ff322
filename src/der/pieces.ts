/**
 * Collects small runs of octets into large pieces, in order: hundreds of thousands of small arrays cost more than their
 * contents.
 */
export class Pieces {
  /** The total number of octets. */
  length = 0
  readonly #size: number
  readonly #full: Uint8Array[] = []
  #piece = new Uint8Array(0)
  #used = 0

  /** `size`: octets per piece; a longer run gets a piece of its own. */
  constructor(size: number) {
    this.#size = size
  }

  put(octets: Uint8Array): void {
    if (this.#used + octets.length > this.#piece.length) {
      this.#close()
      this.#piece = new Uint8Array(Math.max(this.#size, octets.length))
    }
    this.#piece.set(octets, this.#used)
    this.#used += octets.length
    this.length += octets.length
  }

  /** Returns the pieces; empty if nothing was put. */
  all(): Uint8Array[] {
    return this.#used > 0 ? [...this.#full, this.#piece.subarray(0, this.#used)] : [...this.#full]
  }

  #close(): void {
    if (this.#used > 0) this.#full.push(this.#piece.subarray(0, this.#used))
    this.#used = 0
  }
}
