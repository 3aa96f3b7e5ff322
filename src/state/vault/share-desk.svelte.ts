import type { HeldBy, QuorumOf, SharesView } from '../../border/protocol/quorum.ts'
import type { SetView } from '../../border/protocol/slots.ts'
import type { Opens } from '../../border/words.ts'
import type { TypedWord } from '../../vault/quorum/share-words.ts'
import type { Calls } from '../calls.ts'
import type { Task } from '../task.svelte.ts'

/** Where holders give their shares, one after the other, to open one thing. The page keeps none of them. */
export class ShareDesk {
  sets = $state.raw<readonly SetView[]>([])
  view = $state.raw<SharesView | null>(null)
  /** Of what is being typed. */
  typed = $state.raw<readonly TypedWord[]>([])
  readonly giving: Task
  readonly #calls: Calls
  #of: QuorumOf | null = null
  #looks = 0

  constructor(calls: Calls) {
    this.#calls = calls
    this.giving = calls.task()
  }

  /** What opens it with these shares; empty as long as there are too few. */
  readonly opens = $derived.by((): Opens => (this.view?.missing === 0 ? { shares: this.view.set.setId } : ''))

  /** Finds the sets that open it; `only`: that one. */
  find(of: QuorumOf, only?: string): void {
    this.#of = of
    this.giving.queue(async () => {
      const sets = await this.#calls.ask('shares.sets', { of })
      this.sets = only === undefined ? sets : sets.filter(({ setId }) => setId === only)
    })
  }

  begin(setId: string): void {
    const of = this.#of
    if (!of) return
    this.giving.queue(async () => {
      this.view = await this.#calls.ask('shares.begin', { of, setId })
    })
  }

  give(text: string, then: () => void): void {
    const setId = this.view?.set.setId
    if (setId === undefined) return
    this.giving.run(async () => {
      this.view = await this.#calls.ask('shares.give', { setId, text, holder: null })
      this.typed = []
      then()
    })
  }

  /** A holder shows a share, which is noted. */
  drill(of: HeldBy, setId: string, text: string, then: () => void): void {
    this.giving.run(async (options) => {
      await this.#calls.act('shares.drill', { of, setId, text }, options)
      then()
    })
  }

  /** Says of each word whether it is on the list, while it is typed. */
  look(text: string): void {
    const asked = ++this.#looks
    void this.#calls.ask('shares.words', { text }).then(
      (typed) => {
        if (asked === this.#looks) this.typed = typed
      },
      () => undefined,
    )
  }

  /** Nothing that was given stays. */
  drop(): void {
    this.view = null
    this.typed = []
    void this.#calls.ask('shares.drop', null).catch(() => undefined)
  }
}
