/** Locks after a time without activity; a laptop that slept through it locks when it wakes. */
export interface IdleOptions {
  clock: () => number
  /** `alone`: someone is active at another tab, which must not be locked together with this one. */
  lock: (alone: boolean) => Promise<void>
}

const MINUTE = 60_000
/** How often the clock is read: a timer alone is suspended while a laptop sleeps. */
const LOOK = 5_000
/** How long other tabs, or work without progress, keep an unattended vault open. */
const WITHOUT_OWN_MINUTES = 60

export class Idle {
  readonly #options: IdleOptions
  #minutes = 10
  #last = 0
  /** The last activity at another tab. */
  #elsewhere = 0
  /** The latest time read from the clock. */
  #seen = 0
  #busy = 0
  #locking = Promise.resolve()
  #timer: ReturnType<typeof setInterval> | null = null

  constructor(options: IdleOptions) {
    this.#options = options
  }

  /** The time when it will lock; null while it is not watching. */
  get locksAt(): number | null {
    if (this.#timer === null) return null
    const idle = Math.max(this.#last, this.#elsewhere) + this.#minutes * MINUTE
    return Math.min(idle, this.#latest)
  }

  get #latest(): number {
    return this.#last + Math.max(this.#minutes, WITHOUT_OWN_MINUTES) * MINUTE
  }

  get #isDue(): boolean {
    const now = this.#now()
    const { locksAt } = this
    return locksAt !== null && now >= (this.#busy > 0 ? this.#latest : locksAt)
  }

  /** Reads the clock. If it was set back, what has passed of the timeout has passed all the same. */
  #now(): number {
    const now = this.#options.clock()
    const back = Math.max(this.#seen - now, 0)
    this.#last -= back
    this.#elsewhere -= back
    this.#seen = now
    return now
  }

  watch(minutes: number): void {
    this.stop()
    this.#minutes = minutes
    this.#seen = this.#options.clock()
    this.#last = this.#seen
    this.#elsewhere = 0
    this.#timer = setInterval(() => {
      void this.look()
    }, LOOK)
  }

  /** The timeout was changed at another tab: does not count as activity here. */
  change(minutes: number): void {
    this.#minutes = minutes
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  /** Resets the idle timer. Ignored once the timeout has passed: the laptop may have been woken by someone else. */
  touch(): void {
    if (this.#isDue) void this.look()
    else this.#live()
  }

  /** Activity at another tab, with the time at which it happened there. */
  touchElsewhere(at: number): void {
    if (this.#isDue) void this.look()
    else this.#elsewhere = Math.max(this.#elsewhere, Math.min(at, this.#now()))
  }

  /** Work in progress has advanced. */
  workedOn(): void {
    if (this.#busy > 0) this.#live()
  }

  #live(): void {
    this.#last = Math.max(this.#last, this.#now())
  }

  /** Work in progress, such as a batch, counts as activity until it ends, as long as it advances. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#busy++
    try {
      return await work()
    } finally {
      this.#busy--
      this.#live()
    }
  }

  /** Locks if the timeout has passed; resolves when that is done, no matter which caller noticed first. */
  look(): Promise<void> {
    if (this.#isDue) {
      const isSomebodyElsewhere = this.#now() < this.#elsewhere + this.#minutes * MINUTE
      this.stop()
      this.#locking = this.#options.lock(isSomebodyElsewhere)
    }
    return this.#locking
  }
}
