/** Locks after a time without a sign of life; a laptop that slept through it locks when it wakes. */
export interface IdleOptions {
  clock: () => number
  lock: () => Promise<void>
}

const MINUTE = 60_000
/** How often the clock is looked at: a timer alone stands still while a laptop sleeps. */
const LOOK = 5_000

export class Idle {
  readonly #options: IdleOptions
  #minutes = 10
  #last = 0
  #busy = 0
  #locking = Promise.resolve()
  #timer: ReturnType<typeof setInterval> | null = null

  constructor(options: IdleOptions) {
    this.#options = options
  }

  /** When it will lock; null while it does not watch. */
  get locksAt(): number | null {
    return this.#timer === null ? null : this.#last + this.#minutes * MINUTE
  }

  get #isDue(): boolean {
    const { locksAt } = this
    return locksAt !== null && this.#busy === 0 && this.#options.clock() >= locksAt
  }

  watch(minutes: number): void {
    this.stop()
    this.#minutes = minutes
    this.#last = this.#options.clock()
    this.#timer = setInterval(() => {
      void this.look()
    }, LOOK)
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  /** A sign of life; one that comes after the time has passed is none: whoever woke the laptop may be somebody else. */
  touch(): void {
    if (this.#isDue) void this.look()
    else this.#live()
  }

  #live(): void {
    this.#last = Math.max(this.#last, this.#options.clock())
  }

  /** Work in progress, such as a batch, counts as a sign of life until it ends. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#busy++
    try {
      return await work()
    } finally {
      this.#busy--
      this.#live()
    }
  }

  /** Locks if it is time; resolves when that is done, whoever saw it first. */
  look(): Promise<void> {
    if (this.#isDue) {
      this.stop()
      this.#locking = this.#options.lock()
    }
    return this.#locking
  }
}
