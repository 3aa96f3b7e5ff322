import type { ListsStanding } from '../../border/protocol/list.ts'
import type { HeldSet } from '../../border/protocol/quorum.ts'
import type { Calls } from '../calls.ts'
import type { Task } from '../task.svelte.ts'
import { SOON_DAYS } from '../../time.ts'

/** What has to be done soon, in the whole vault. Read only while it is open, so that all of it is authenticated. */
export class DueWork {
  /** How many certificates end within 30 days; null until counted. */
  ending = $state.raw<number | null>(null)
  /** The lists of each CA; empty until read. */
  standings = $state.raw<ReadonlyMap<string, ListsStanding>>(new Map())
  /** What several people hold; empty until read. */
  sets = $state.raw<readonly HeldSet[]>([])
  /** Whether the lists have been read. */
  isRead = $state(false)
  readonly reading: Task
  readonly #calls: Calls
  #isFresh = false

  constructor(calls: Calls) {
    this.#calls = calls
    this.reading = calls.task()
  }

  /** Reads it unless that was done since the last change; one reading at a time, however many changes come. */
  read(): void {
    if (this.#isFresh) return
    this.#isFresh = true
    this.reading.renew(
      () => this.#all(),
      ({ total, overview, sets }) => {
        this.sets = sets
        this.ending = total
        this.standings = new Map(overview.map((each) => [each.authorityId, each]))
        this.isRead = true
      },
    )
  }

  async #all(): Promise<{
    total: number
    overview: readonly ListsStanding[]
    sets: readonly HeldSet[]
  }> {
    const soon = { within: SOON_DAYS, offset: 0, limit: 0 }
    const [{ total }, overview, sets] = await Promise.all([
      this.#calls.ask('inventory.ids', soon),
      this.#calls.ask('list.overview', null),
      this.#calls.ask('shares.all', null),
    ])
    return { total, overview, sets }
  }

  readAgain(page: string): void {
    if (!this.#isFresh) return
    this.#isFresh = false
    if (page === 'hierarchy') this.read()
  }

  lockAway(): void {
    this.forget()
  }

  forget(): void {
    this.#isFresh = false
    this.isRead = false
    this.ending = null
    this.standings = new Map()
    this.sets = []
    this.reading.clear()
  }
}
