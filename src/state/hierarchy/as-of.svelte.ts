import type { AsOfView, EndsView } from '../../border/protocol/rollover.ts'
import type { Calls } from '../calls.ts'
import type { Authorities } from './authorities.svelte.ts'
import type { Clock } from '../clock.svelte.ts'
import type { Task } from '../task.svelte.ts'
import { SECOND } from '../../time.ts'

/** The day the hierarchy is shown for: today, or another. */
export class AsOf {
  /** Null: now. */
  chosen = $state.raw<Date | null>(null)
  /** Counts by status on the chosen day; null until counted. */
  counts = $state.raw<AsOfView | null>(null)
  /** When what each CA issued ends, by CA; null until counted. */
  ends = $state.raw<ReadonlyMap<string, EndsView> | null>(null)
  readonly reading: Task
  readonly counting: Task
  readonly #calls: Calls
  readonly #clock: Clock
  readonly #authorities: Authorities
  /** The count of a day no longer shown is aborted. */
  #asking: AbortController | null = null

  constructor(calls: Calls, clock: Clock, authorities: Authorities) {
    this.#calls = calls
    this.#clock = clock
    this.reading = calls.task()
    this.counting = calls.task()
    this.#authorities = authorities
  }

  readonly at = $derived.by(() => this.chosen ?? this.#clock.now)

  /** The next instant at which a CA starts, expires, or is revoked; null if there is none. */
  readonly next = $derived.by(() => {
    const times = this.#authorities.all.flatMap(({ notBefore, notAfter, revocation }) => [
      notBefore.getTime(),
      notAfter.getTime() + SECOND,
      ...(revocation ? [revocation.since.getTime()] : []),
    ])
    const later = times.filter((time) => time > this.at.getTime())
    return later.length === 0 ? null : new Date(Math.min(...later))
  })

  /** Counts what ends when, as of the day on view; one count at a time, and the last for the last day. */
  countEnds(): void {
    this.counting.renew(
      () => this.#calls.ask('hierarchy.ends', { at: this.at }),
      (ends) => {
        this.ends = new Map(ends.map((each) => [each.authorityId, each]))
      },
    )
  }

  readAgain(page: string): void {
    if (page === 'hierarchy') this.countEnds()
  }

  forget(): void {
    this.counting.clear()
    this.ends = null
  }

  /** Shows another day; null returns to today. Ignores an impossible date. */
  look(at: Date | null): void {
    if (at && Number.isNaN(at.getTime())) return
    this.chosen = at
    this.counts = null
    this.reading.clear()
    this.countEnds()
    this.#asking?.abort()
    this.#asking = null
    if (at === null) return
    this.#asking = new AbortController()
    const { signal } = this.#asking
    this.reading.read(
      () => this.#calls.ask('hierarchy.asOf', { at }, { signal }),
      (counts) => (this.counts = counts),
    )
  }
}
