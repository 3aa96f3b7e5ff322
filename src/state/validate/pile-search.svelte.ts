import type { Calls } from '../calls.ts'
import type { PileCertificate, PilePage, PileView } from '../../border/protocol/validate.ts'
import type { Task } from '../task.svelte.ts'

/** Certificates of the pile by name, a page at a time, for any size of pile. */
export class PileSearch {
  static readonly PAGE = 50
  text = $state('')
  rootsOnly = $state(false)
  found = $state.raw<PilePage | null>(null)
  /** Every certificate listed so far, by its index in the pile: a selection keeps its name across pages. */
  known = $state.raw<ReadonlyMap<number, PileCertificate>>(new Map())
  readonly finding: Task
  readonly #calls: Calls

  constructor(calls: Calls) {
    this.#calls = calls
    this.finding = calls.task()
  }

  /** Starts over with another pile; a visible list is reloaded. */
  begin(pile: PileView): void {
    const shown = this.found !== null
    this.text = ''
    this.rootsOnly = false
    this.found = null
    this.known = new Map()
    this.#know(pile.certificates)
    if (shown) this.search()
  }

  /** Lists the matches from `offset` on; drops the result of an older query. */
  search(offset = 0): void {
    const { text, rootsOnly } = this
    const query = { text, rootsOnly, offset, limit: PileSearch.PAGE }
    this.finding.read(
      () => this.#calls.ask('validate.search', query),
      (found) => {
        this.#know(found.certificates)
        this.found = found
      },
    )
  }

  #know(certificates: readonly PileCertificate[]): void {
    this.known = new Map([...this.known, ...certificates.map((each) => [each.index, each] as const)])
  }
}
