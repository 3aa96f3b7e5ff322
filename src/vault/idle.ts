/** Locks after a time without a sign of life; a laptop that slept through it locks when it wakes. */
export interface IdleOptions {
  clock: () => number
  /** `alone`: somebody is at another tab, which is not to be locked with this one. */
  lock: (alone: boolean) => Promise<void>
}

const MINUTE = 60_000
/** How often the clock is looked at: a timer alone stands still while a laptop sleeps. */
const LOOK = 5_000
/** How long other tabs, or work that gets nowhere, keep a vault open that nobody sits before. */
const WITHOUT_OWN_MINUTES = 60

export class Idle {
  readonly #options: IdleOptions
  #minutes = 10
  #last = 0
  /** The last sign of life at another tab. */
  #elsewhere = 0
  #busy = 0
  #locking = Promise.resolve()
  #timer: ReturnType<typeof setInterval> | null = null

  constructor(options: IdleOptions) {
    this.#options = options
  }

  /** When it will lock; null while it does not watch. */
  get locksAt(): number | null {
    if (this.#timer === null) return null
    const idle = Math.max(this.#last, this.#elsewhere) + this.#minutes * MINUTE
    return Math.min(idle, this.#latest)
  }

  get #latest(): number {
    return this.#last + Math.max(this.#minutes, WITHOUT_OWN_MINUTES) * MINUTE
  }

  get #isDue(): boolean {
    const { locksAt } = this
    return locksAt !== null && this.#options.clock() >= (this.#busy > 0 ? this.#latest : locksAt)
  }

  watch(minutes: number): void {
    this.stop()
    this.#minutes = minutes
    this.#last = this.#options.clock()
    this.#elsewhere = 0
    this.#timer = setInterval(() => {
      void this.look()
    }, LOOK)
  }

  /** Another time, set at another tab: no sign of life here. */
  change(minutes: number): void {
    this.#minutes = minutes
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

  /** A sign of life at another tab, of the time when it was given there. */
  touchElsewhere(at: number): void {
    if (this.#isDue) void this.look()
    else this.#elsewhere = Math.max(this.#elsewhere, Math.min(at, this.#options.clock()))
  }

  /** Work that is in progress has got on. */
  workedOn(): void {
    if (this.#busy > 0) this.#live()
  }

  #live(): void {
    this.#last = Math.max(this.#last, this.#options.clock())
  }

  /** Work in progress, such as a batch, counts as a sign of life until it ends, as long as it gets on. */
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
      const isSomebodyElsewhere = this.#options.clock() < this.#elsewhere + this.#minutes * MINUTE
      this.stop()
      this.#locking = this.#options.lock(isSomebodyElsewhere)
    }
    return this.#locking
  }
}
