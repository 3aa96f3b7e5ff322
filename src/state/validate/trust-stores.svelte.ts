import type { StoreAnchor, StoreChange, StoreSource, TrustStoreView } from '../../border/protocol/validate.ts'
import type { ValidateOptions } from '../../validate/options.ts'
import type { Calls } from '../calls.ts'
import { including } from '../including.ts'
import type { Task } from '../task.svelte.ts'

interface Sources {
  /** Returns the text of the pack of public roots. */
  readonly publicRoots: () => Promise<string>
  /** Called whenever the set of anchors changes. */
  readonly again: () => void
}

/** Named sets of anchors: which exist, and which are in use. */
export class TrustStores {
  all = $state.raw<readonly TrustStoreView[]>([])
  /** Ids of those in use. One whose vault is locked is in use again when it opens. */
  chosen = $state.raw<readonly string[]>([])
  /** Contents of the store on view; null until read. */
  contents = $state.raw<readonly StoreAnchor[] | null>(null)
  readonly changing: Task
  readonly #calls: Calls
  readonly #sources: Sources
  /** Null: for TLS servers alone. */
  #publicly = $state<boolean | null>(null)
  #hasPublic = false
  /** False while the default applies: the hierarchy, once it exists. */
  #touched = false

  constructor(calls: Calls, sources: Sources) {
    this.#calls = calls
    this.#sources = sources
    this.changing = calls.task()
  }

  /** The id of the public roots, once the worker has them. */
  get #public(): readonly string[] {
    return this.all.filter(({ kind }) => kind === 'public').map(({ id }) => id)
  }

  /** Ids of those that count for a purpose. */
  inUse(purpose: ValidateOptions['purpose']): string[] {
    const isPublicUsed = this.#publicly ?? purpose === 'serverAuth'
    return [...this.chosen, ...(isPublicUsed ? this.#public : [])]
  }

  /** Reads which exist, and validates with them; the pack of public roots is opened for the first pile. */
  read(): void {
    void this.#givePublic()
      .then(() => this.#read())
      .then(this.#sources.again)
  }

  /** The vault was opened, locked or changed: validates again only if that makes a difference. */
  readAgain(): void {
    const before = JSON.stringify(this.all)
    void this.#read().then(() => {
      if (JSON.stringify(this.all) !== before) this.#sources.again()
    })
  }

  async #givePublic(): Promise<void> {
    if (this.#hasPublic) return
    try {
      await this.#calls.ask('validate.publicRoots', { text: await this.#sources.publicRoots() })
      this.#hasPublic = true
    } catch (error) {
      this.changing.error = error
    }
  }

  async #read(): Promise<void> {
    try {
      this.#take(await this.#calls.ask('validate.stores', null))
    } catch (error) {
      this.changing.error = error
    }
  }

  #take(stores: readonly TrustStoreView[]): void {
    this.all = stores
    if (!this.#touched && stores.some(({ kind }) => kind === 'hierarchy')) this.chosen = ['hierarchy']
  }

  /** Keeps a store in the vault or for this visit, and selects it. */
  keep(name: string, from: StoreSource, keep: 'vault' | 'visit', then: () => void): void {
    const input = { name: name.trim(), from, keep }
    this.changing.run(async () => {
      const { stores, id } = await this.#calls.act('validate.addStore', input)
      this.#take(stores)
      this.choose([...this.chosen, id])
      then()
    })
  }

  /** Reads the contents of a store. */
  look(id: string): void {
    this.contents = null
    this.changing.run(async () => {
      this.contents = await this.#calls.ask('validate.storeContents', { id })
    })
  }

  /** Changes the store; later verdicts use the new contents. */
  change(change: StoreChange, then: () => void): void {
    const input = { ...change, name: change.name.trim() }
    this.changing.run(async () => {
      this.#take(await this.#calls.act('validate.changeStore', input))
      this.#sources.again()
      then()
    })
  }

  /** Removes the store; it is no longer used. */
  remove(id: string, then: () => void): void {
    this.changing.run(async () => {
      this.#take(await this.#calls.act('validate.removeStore', { id }))
      this.choose(including(this.chosen, id, false))
      then()
    })
  }

  /** Uses exactly these stores. */
  choose(ids: readonly string[]): void {
    this.#touched = true
    this.chosen = ids
    this.#sources.again()
  }

  count(id: string, counts: boolean): void {
    const isPublic = this.#public.includes(id)
    if (isPublic) this.#publicly = counts
    this.choose(isPublic ? this.chosen : including(this.chosen, id, counts))
  }

  useNone(): void {
    this.#publicly = false
    this.choose([])
  }
}
