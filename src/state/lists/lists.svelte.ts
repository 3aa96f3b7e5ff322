import { listCalendar, listsFile } from '../../paper/lists.ts'
import type {
  AuthorityLists,
  ListPlan,
  ListPoints,
  ListsStanding,
  ListView,
} from '../../border/protocol/list.ts'
import type { In } from '../../border/protocol.ts'
import type { Calls } from '../calls.ts'
import type { Clock } from '../clock.svelte.ts'
import { download } from '../files.ts'
import type { Task } from '../task.svelte.ts'

/** The revocation lists of the authority on view. */
export class Lists {
  all = $state.raw<AuthorityLists | null>(null)
  /** The state of all authorities' lists; null until requested. */
  overview = $state.raw<readonly ListsStanding[] | null>(null)
  plan = $state.raw<ListPlan | null>(null)
  /** Addresses in what the authority issued; null until somebody chooses one list for each. */
  points = $state.raw<ListPoints | null>(null)
  readonly reading: Task
  readonly planning: Task
  readonly signing: Task
  readonly saving: Task
  readonly #calls: Calls
  readonly #clock: Clock
  #authorityId = ''

  constructor(calls: Calls, clock: Clock) {
    this.#calls = calls
    this.#clock = clock
    this.reading = calls.task()
    this.planning = calls.task()
    this.signing = calls.task()
    this.saving = calls.task()
  }

  readonly #standings = $derived.by(() => standingsOf(this.all?.lists ?? [], this.#clock.now))

  /** Returns a list's current status. */
  standing(list: ListView): ListStanding {
    return this.#standings.get(list.id) ?? 'replaced'
  }

  /** The list for everything, or the first of the parts, that is current or was last. */
  readonly newest = $derived(
    this.all?.lists.find((list) => list.base === null && list.thisUpdate <= this.#clock.now) ?? null,
  )
  readonly ahead = $derived(
    (this.all?.lists ?? []).filter(
      ({ thisUpdate, superseded }) => thisUpdate > this.#clock.now && !superseded,
    ),
  )

  open(authorityId: string): void {
    if (this.#authorityId !== authorityId) this.forget()
    this.#authorityId = authorityId
    this.read()
  }

  read(): void {
    const authorityId = this.#authorityId
    if (authorityId === '')
      this.reading.read(
        () => this.#calls.ask('list.overview', null),
        (overview) => (this.overview = overview),
      )
    else
      this.reading.read(
        () => this.#calls.ask('list.all', { authorityId }),
        (all) => (this.all = all),
      )
  }

  readAgain(page: string): void {
    if (page === 'lists') this.read()
  }

  forget(): void {
    this.reading.clear()
    this.#authorityId = ''
    this.all = null
    this.overview = null
    this.plan = null
    this.points = null
  }

  /** Reads what the next list would be; once, when the dialog opens. */
  planNext(): void {
    this.plan = null
    this.points = null
    this.signing.clear()
    const authorityId = this.#authorityId
    this.planning.run(async (options) => {
      this.plan = await this.#calls.ask('list.plan', { authorityId }, options)
    })
  }

  findPoints(): void {
    if (this.points) return
    const authorityId = this.#authorityId
    this.planning.run(async (options) => {
      this.points = await this.#calls.ask('list.points', { authorityId }, options)
    })
  }

  sign(wish: ListWish, then: (name: string) => void): void {
    const authorityId = this.#authorityId
    this.signing.run(async (options) => {
      const file = listsFile(await this.#calls.act('list.sign', { authorityId, ...wish }, options))
      download(file)
      this.read()
      then(file.name)
    })
  }

  save(listId: string, then: (name: string) => void): void {
    this.saving.run(async (options) => {
      const file = await this.#calls.ask('list.file', { listId }, options)
      if (download(file, options)) then(file.name)
    })
  }

  saveCalendar(then: (name: string) => void): void {
    const authorityId = this.#authorityId === '' ? null : this.#authorityId
    this.saving.run(async (options) => {
      const { authorities, at } = await this.#calls.ask('list.calendar', { authorityId }, options)
      const file = listCalendar(authorities, at)
      download(file)
      then(file.name)
    })
  }
}

export type ListStanding = 'current' | 'ahead' | 'replaced' | 'ended'
export type ListWish = Omit<In<'list.sign'>, 'authorityId' | 'actor'>

/** In each series, the newest list that has started is current, until it expires. */
function standingsOf(lists: readonly ListView[], now: Date): ReadonlyMap<string, ListStanding> {
  const standings = new Map<string, ListStanding>()
  const inForce = new Set<string>()
  for (const { id, series, thisUpdate, nextUpdate, superseded } of lists) {
    if (superseded) standings.set(id, 'replaced')
    else if (thisUpdate > now) standings.set(id, 'ahead')
    else if (inForce.has(series)) standings.set(id, 'replaced')
    else {
      inForce.add(series)
      standings.set(id, nextUpdate !== null && nextUpdate <= now ? 'ended' : 'current')
    }
  }
  return standings
}
