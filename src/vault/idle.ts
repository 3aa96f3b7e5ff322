/** Locks after a time without a sign of life; a laptop that slept through it locks when it wakes. */
export interface IdleOptions {
  clock: () => number
  lock: () => void
}

const MINUTE = 60_000
/** How often the clock is looked at: a timer alone stands still while a laptop sleeps. */
const LOOK = 5_000

export class Idle {
  readonly #options: IdleOptions
  #minutes = 10
  #last = 0
  #busy = 0
  #timer: ReturnType<typeof setInterval> | null = null

  constructor(options: IdleOptions) {
    this.#options = options
  }

  /** When it will lock; null while it does not watch. */
  get locksAt(): number | null {
    return this.#timer === null ? null : this.#last + this.#minutes * MINUTE
  }

  watch(minutes: number): void {
    this.stop()
    this.#minutes = minutes
    this.#last = this.#options.clock()
    this.#timer = setInterval(() => {
      this.look()
    }, LOOK)
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  touch(): void {
    this.#last = Math.max(this.#last, this.#options.clock())
  }

  /** Work in progress, such as a batch, counts as a sign of life until it ends. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#busy++
    try {
      return await work()
    } finally {
      this.#busy--
      this.touch()
    }
  }

  /** Locks if it is time. */
  look(): void {
    const { locksAt } = this
    if (locksAt === null || this.#busy > 0 || this.#options.clock() < locksAt) return
    this.stop()
    this.#options.lock()
  }
}
