import type { HeldBy, NewSetView } from '../../border/protocol/quorum.ts'
import type { SetView } from '../../border/protocol/slots.ts'
import type { Opens } from '../../border/words.ts'
import type { Calls } from '../calls.ts'
import type { Part } from '../part.ts'
import type { Task } from '../task.svelte.ts'

const FEWEST = 3
const MOST = 9

/** A share while its holder looks at it. */
interface ShownShare {
  readonly holder: number
  readonly words: string
  readonly text: string
  readonly sha256: string
}

/** A set of shares that is being made: who holds it, whose share is on screen, and who has shown it already. */
export class NewQuorum implements Part {
  names = $state<string[]>(Array.from({ length: FEWEST }, () => ''))
  threshold = $state(2)
  set = $state.raw<NewSetView | null>(null)
  shown = $state.raw<ShownShare | null>(null)
  readonly working: Task
  readonly #calls: Calls

  constructor(calls: Calls) {
    this.#calls = calls
    this.working = calls.task()
  }

  /** The holder whose turn it is, from 1; null once all have shown their shares. */
  readonly turn = $derived.by((): number | null => {
    const { set } = this
    if (!set) return null
    const next = set.names.findIndex((_name, i) => !set.proved.includes(i + 1))
    return next === -1 ? null : next + 1
  })

  readonly canAdd = $derived(this.names.length < MOST)
  readonly canRemove = $derived(this.names.length > 2)

  add(): void {
    if (this.canAdd) this.names.push('')
  }

  remove(): void {
    if (!this.canRemove) return
    this.names.pop()
    this.threshold = Math.min(this.threshold, this.names.length)
  }

  begin(): void {
    const { names, threshold } = this
    this.working.run(async () => {
      this.set = await this.#calls.ask('quorum.begin', { names: $state.snapshot(names), threshold })
    })
  }

  show(): void {
    const holder = this.turn
    if (holder === null) return
    this.working.run(async () => {
      this.shown = { holder, ...(await this.#calls.ask('quorum.share', { holder })) }
    })
  }

  hide(): void {
    this.shown = null
  }

  prove(text: string, then: () => void): void {
    const holder = this.turn
    if (holder === null) return
    this.working.run(async () => {
      this.set = await this.#calls.ask('quorum.prove', { holder, text })
      this.shown = null
      then()
    })
  }

  finish(
    of: HeldBy,
    choices: { label: string; opens: Opens; alone: boolean },
    then: (set: SetView) => void,
  ): void {
    this.working.run(async (options) => {
      const made = await this.#calls.act('quorum.finish', { of, ...choices }, options)
      this.#forget()
      then(made)
    })
  }

  drop(): void {
    this.#forget()
    this.working.clear()
    void this.#calls.ask('quorum.drop', null).catch(() => undefined)
  }

  lockAway(): void {
    this.#forget()
  }

  #forget(): void {
    this.set = null
    this.shown = null
    this.names = Array.from({ length: FEWEST }, () => '')
    this.threshold = 2
  }
}
