import type { StoreAnchor, StoreChange, StoreSource, TrustStoreView } from '../../border/protocol/validate.ts'
import type { Calls } from '../calls.ts'
import { including } from '../including.ts'
import type { Task } from '../task.svelte.ts'

/** Named sets of anchors: which there are, and which count for what is asked now. */
export class TrustStores {
  all = $state.raw<readonly TrustStoreView[]>([])
  /** Ids of those that count. One whose vault is locked counts again when it opens. */
  chosen = $state.raw<readonly string[]>([])
  /** What the store on view holds; null until that is read. */
  contents = $state.raw<readonly StoreAnchor[] | null>(null)
  readonly changing: Task
  readonly #calls: Calls
  readonly #judge: () => void
  /** What was chosen before anybody chose: the hierarchy, once it is there. */
  #touched = false

  /** `judge` is called whenever something else is trusted. */
  constructor(calls: Calls, judge: () => void) {
    this.#calls = calls
    this.#judge = judge
    this.changing = calls.task()
  }

  /** Reads which there are, and judges by them. */
  read(): void {
    void this.#read().then(this.#judge)
  }

  /** The vault was opened, locked or changed: judges anew only if that makes a difference. */
  readAgain(): void {
    const before = JSON.stringify(this.all)
    void this.#read().then(() => {
      if (JSON.stringify(this.all) !== before) this.#judge()
    })
  }

  async #read(): Promise<void> {
    try {
      this.#take(await this.#calls.ask('judge.stores', null))
    } catch (error) {
      this.changing.error = error
    }
  }

  #take(stores: readonly TrustStoreView[]): void {
    this.all = stores
    if (!this.#touched && stores.some(({ kind }) => kind === 'hierarchy')) this.chosen = ['hierarchy']
  }

  /** Keeps a store in the vault or for this visit, and lets it count. */
  keep(name: string, from: StoreSource, keep: 'vault' | 'visit', then: () => void): void {
    const input = { name: name.trim(), from, keep }
    this.changing.run(async () => {
      const { stores, id } = await this.#calls.act('judge.addStore', input)
      this.#take(stores)
      this.choose([...this.chosen, id])
      then()
    })
  }

  /** Reads what a store holds. */
  look(id: string): void {
    this.contents = null
    this.changing.run(async () => {
      this.contents = await this.#calls.ask('judge.storeContents', { id })
    })
  }

  /** The store is judged by as it is now. */
  change(change: StoreChange, then: () => void): void {
    const input = { ...change, name: change.name.trim() }
    this.changing.run(async () => {
      this.#take(await this.#calls.act('judge.changeStore', input))
      this.#judge()
      then()
    })
  }

  /** Nothing is judged by it any more. */
  remove(id: string, then: () => void): void {
    this.changing.run(async () => {
      this.#take(await this.#calls.act('judge.removeStore', { id }))
      this.choose(including(this.chosen, id, false))
      then()
    })
  }

  /** These count, and no others. */
  choose(ids: readonly string[]): void {
    this.#touched = true
    this.chosen = ids
    this.#judge()
  }

  count(id: string, counts: boolean): void {
    this.choose(including(this.chosen, id, counts))
  }
}
