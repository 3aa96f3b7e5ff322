/** Reproducible randomness: mulberry32, from a seed of 32 bits. */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** Returns a whole number from 0 up to, but not including, `end`. */
  below(end: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end)
  }

  /** Returns true this many times in a hundred. */
  percent(chance: number): boolean {
    return this.below(100) < chance
  }

  pick<T>(...all: readonly T[]): T {
    return all[this.below(all.length)]!
  }

  /** Returns each of them with this probability in percent. */
  some<T>(chance: number, all: readonly T[]): T[] {
    return all.filter(() => this.percent(chance))
  }
}
