import type { Facets } from '../../border/protocol/inventory.ts'
import type { CertificateQuery } from '../../border/views.ts'
import type { Calls } from '../calls.ts'
import { tableFile, type TableFormat } from '../../paper/inventory.ts'
import { download } from '../files.ts'
import type { Task } from '../task.svelte.ts'

const IDS_AT_ONCE = 5000

/** Certificates chosen in the inventory, for operations on all of them. */
export class Selection {
  ids = $state.raw<ReadonlySet<string>>(new Set())
  /** Profiles and tags to filter by. */
  facets = $state.raw<Facets>({ profileIds: [], tags: [] })
  readonly reading: Task
  readonly choosing: Task
  readonly changing: Task
  readonly exporting: Task
  readonly #calls: Calls

  constructor(calls: Calls) {
    this.#calls = calls
    this.reading = calls.task()
    this.choosing = calls.task()
    this.changing = calls.task()
    this.exporting = calls.task()
  }

  readonly count = $derived(this.ids.size)

  has(id: string): boolean {
    return this.ids.has(id)
  }

  /** Selects these, or deselects them. */
  choose(ids: readonly string[], isChosen: boolean): void {
    const next = new Set(this.ids)
    for (const id of ids) {
      if (isChosen) next.add(id)
      else next.delete(id)
    }
    this.ids = next
  }

  /** Selects everything `query` finds, on any page. */
  chooseAll({ offset: _offset, limit: _limit, ...query }: CertificateQuery): void {
    this.choosing.run(async (options) => {
      const found = new Set<string>()
      let whole = 1
      // A hundred thousand at once would block the page.
      for (let offset = 0; offset < whole; offset += IDS_AT_ONCE) {
        const input = { ...query, offset, limit: IDS_AT_ONCE }
        const { total, ids } = await this.#calls.ask('inventory.ids', input, options)
        for (const id of ids) found.add(id)
        whole = total
      }
      this.ids = found
    })
  }

  clear(): void {
    this.ids = new Set()
    this.changing.clear()
    this.exporting.clear()
  }

  forget(): void {
    this.clear()
    this.facets = { profileIds: [], tags: [] }
    this.reading.clear()
  }

  readFacets(): void {
    this.reading.read(
      () => this.#calls.ask('inventory.facets', null),
      (facets) => (this.facets = facets),
    )
  }

  tag(add: readonly string[], remove: readonly string[], then: (changed: number) => void): void {
    this.changing.run(async (options) => {
      const input = { ids: [...this.ids], add, remove }
      const { changed } = await this.#calls.act('inventory.tag', input, options)
      this.readFacets()
      then(changed)
    })
  }

  save(format: TableFormat, summary: string, then: (name: string) => void): void {
    this.exporting.run(async (options) => {
      const input = { which: { ids: [...this.ids] } }
      const file = tableFile(await this.#calls.ask('inventory.table', input, options), format, summary)
      download(file)
      then(file.name)
    })
  }
}
