import { isCodedError } from '../errors.ts'
import type { Opens } from '../border/words.ts'
import type { CallOptions } from '../border/client.ts'
import type { Progress } from '../border/views.ts'
import type { Clock } from './clock.svelte.ts'
import { wayNow, type Way } from './way.ts'

/** `keys`: passphrases of CA keys that were typed for it; `way`: how its files leave. */
type WorkOptions = CallOptions & { readonly keys?: Readonly<Record<string, Opens>>; readonly way: Way }
type Work = (options: WorkOptions) => Promise<unknown>

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** One piece of work at a time: whether it runs, its progress, and how it ended. */
export class Task {
  busy = $state(false)
  /** Why the last run failed; null after a success, a cancel or `clear`. */
  error = $state.raw<unknown>(null)
  /** Reads again what could not be read; null unless that is what `error` is about. */
  again = $state.raw<(() => void) | null>(null)
  /** The last run was cancelled before it did anything. */
  stopped = $state(false)
  /** Passphrases of CA keys for the next run to open, by CA; cleared after use. */
  keys = $state<Record<string, Opens>>({})
  progress = $state.raw<Progress | null>(null)
  /** Milliseconds left, estimated from progress so far; null until it can be estimated. */
  left = $state.raw<number | null>(null)
  #startedAt = 0
  #reads = 0
  #isRenewing = false
  #renewsAgain = false
  #abort: AbortController | null = null
  readonly #waiting: Work[] = []
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Starts `work`; while it runs, a second call does nothing. */
  run(work: Work): void {
    if (this.busy) return
    this.#end(null)
    this.#start(work)
  }

  /** Starts `work` once the current run has ended, so that files dropped meanwhile are not lost. */
  queue(work: Work): void {
    if (this.busy) this.#waiting.push(work)
    else this.run(work)
  }

  #start(work: Work): void {
    const abort = new AbortController()
    this.busy = true
    this.stopped = false
    this.progress = null
    this.left = null
    this.#startedAt = this.#clock.read().getTime()
    this.#abort = abort
    const keys = $state.snapshot(this.keys)
    const options: WorkOptions = {
      signal: abort.signal,
      way: wayNow(),
      onProgress: (progress) => this.#advance(progress),
      ...(Object.keys(keys).length > 0 && { keys }),
    }
    void work(options)
      .then(() => {
        this.keys = {}
      })
      .catch((error: unknown) => {
        if (isCodedError(error, 'cancelled')) this.stopped = true
        else this.#end(error)
      })
      .finally(() => {
        this.busy = false
        this.progress = null
        this.#abort = null
        const next = this.#waiting.shift()
        // An earlier error stays on view.
        if (next) this.#start(next)
      })
  }

  /** Cancels the current run, and drops the queued one. */
  cancel(): void {
    this.#waiting.length = 0
    this.#abort?.abort()
  }

  /** Reads in parallel with the current run; of several reads only the latest result is used. */
  read<T>(ask: () => Promise<T>, take: (answer: T) => void): void {
    this.#take(ask(), take, () => this.read(ask, take))
  }

  #take<T>(answer: Promise<T>, take: (answer: T) => void, again: () => void): void {
    const read = ++this.#reads
    answer.then(
      (value) => {
        if (read !== this.#reads) return
        this.#end(null)
        take(value)
      },
      (error: unknown) => {
        if (read === this.#reads) this.#end(error, again)
      },
    )
  }

  #end(error: unknown, again: (() => void) | null = null): void {
    this.error = error
    this.again = again
  }

  /**
   * Reads, one at a time: what runs may have been answered before what has just changed, so it is read once more after
   * it, however often it is asked for meanwhile. It rests in between for as long as it took: where one change follows
   * another, reading leaves half of the worker to what makes them.
   */
  renew<T>(ask: () => Promise<T>, take: (answer: T) => void): void {
    if (this.#isRenewing) {
      this.#renewsAgain = true
      return
    }
    this.#isRenewing = true
    const began = performance.now()
    const answer = ask()
    this.#take(answer, take, () => this.renew(ask, take))
    void answer
      .catch(() => undefined)
      .then(() => pause(performance.now() - began))
      .then(() => {
        this.#isRenewing = false
        if (!this.#renewsAgain) return
        this.#renewsAgain = false
        this.renew(ask, take)
      })
  }

  /** Clears the error, and ignores a pending result; nothing is read until it is asked for again. */
  clear(): void {
    this.#reads++
    this.#renewsAgain = false
    this.#end(null)
    this.stopped = false
  }

  #advance(progress: Progress): void {
    // Another step has a pace of its own.
    if (this.progress && this.progress.done > progress.done) this.#startedAt = this.#clock.read().getTime()
    this.progress = progress
    const spent = this.#clock.read().getTime() - this.#startedAt
    const known = progress.done > 0 && spent > 2000
    this.left = known ? (spent / progress.done) * (progress.total - progress.done) : null
  }
}
