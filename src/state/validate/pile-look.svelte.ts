import type { Calls } from '../calls.ts'
import type {
  EntryPage,
  EntryQuery,
  LookedInto,
  PileThings,
  ThingPlace,
} from '../../border/protocol/look-into.ts'
import type { Task } from '../task.svelte.ts'

/** Something long, a page at a time: the last page stays until the next is here. */
export class Pages<T> {
  page = $state.raw<T | null>(null)
  readonly reading: Task
  readonly #read: (offset: number) => Promise<T>

  constructor(reading: Task, read: (offset: number) => Promise<T>) {
    this.reading = reading
    this.#read = read
  }

  /** Reads the page at `offset`; drops the result of an earlier call. */
  turn(offset = 0): void {
    this.reading.read(
      () => this.#read(offset),
      (page) => (this.page = page),
    )
  }
}

/** What is in the pile, each thing in full. */
export class PileLook {
  static readonly PAGE = 20
  readonly #calls: Calls

  constructor(calls: Calls) {
    this.#calls = calls
  }

  /** Everything that is no certificate. */
  things(): Pages<PileThings> {
    return new Pages(this.#calls.task(), (offset) =>
      this.#calls.ask('validate.things', { offset, limit: PileLook.PAGE }),
    )
  }

  /** Rejects with what is wrong in it. */
  into({ kind, index }: ThingPlace): Promise<LookedInto> {
    return this.#calls.ask('validate.lookInto', { kind, index })
  }

  /** Entries of a list, or answers of a response; `serial` returns what is searched for. */
  entries({ kind, index }: Pick<EntryQuery, 'kind' | 'index'>, serial: () => string): Pages<EntryPage> {
    return new Pages(this.#calls.task(), (offset) =>
      this.#calls.ask('validate.entries', {
        kind,
        index,
        serialNumber: serial(),
        offset,
        limit: PileLook.PAGE,
      }),
    )
  }
}
