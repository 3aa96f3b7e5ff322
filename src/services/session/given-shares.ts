/** The shares that holders have given, one after the other, until they open something. */
import { CodedError } from '../../errors.ts'
import type { SetView } from '../../border/protocol/slots.ts'
import type { Opens } from '../../border/words.ts'
import { hexOf } from '../../octets.ts'
import type { Opening } from '../../vault/key-slots.ts'
import { proveShare } from '../../vault/quorum/quorum.ts'
import { readShare } from '../../vault/quorum/share-words.ts'
import type { Slot } from '../../vault/shapes.ts'

export type QuorumSlot = Extract<Slot, { kind: 'quorum' }>

export const setView = ({ id, setId, label, threshold, holders }: QuorumSlot): SetView => ({
  slotId: id,
  setId,
  label,
  threshold,
  holders: holders.map(({ name, sha256, provedAt }) => ({
    name,
    sha256: hexOf(sha256),
    provedAt: new Date(provedAt),
  })),
})

/** The shares of one set, by holder. */
interface Collected {
  readonly slot: QuorumSlot
  readonly given: Map<number, string>
}

/** A share that nobody uses does not stay. */
const KEPT_MILLISECONDS = 15 * 60_000
const LEFT_MILLISECONDS = 30_000
/** Nobody collects more at a time. */
const MOST_SETS = 4

export class GivenShares {
  #sets = new Map<string, Collected>()
  #ends: ReturnType<typeof setTimeout> | undefined

  /** Begins to collect shares of this set, and forgets those of it that were given before. */
  begin(slot: QuorumSlot): Collected {
    if (this.#sets.size >= MOST_SETS) this.clear()
    const collected = { slot, given: new Map<number, string>() }
    this.#sets.set(slot.setId, collected)
    return collected
  }

  /**
   * Takes a share once it was proved alone. Rejects with the errors of `readShare` and `proveShare`, and with
   * 'share-given-before' and 'shares-missing'.
   */
  async give(setId: string, text: string, asked: number | null): Promise<Collected> {
    const collected = this.#of(setId)
    const { slot, given } = collected
    const share = await readShare(text)
    const holder = await proveShare(slot, share, asked)
    if (this.#sets.get(setId) !== collected) throw new CodedError('shares-missing', null)
    if (given.has(holder))
      throw new CodedError('share-given-before', { name: slot.holders[holder - 1]!.name })
    given.set(holder, share.words)
    this.#clearIn(KEPT_MILLISECONDS)
    return collected
  }

  /** Passes what a person gives to open something to `act`. Shares are forgotten once they have served. */
  opening<T>(opens: Opens, act: (opening: Opening) => Promise<T>): Promise<T> {
    return this.openings([opens], ([opening]) => act(opening!))
  }

  /** The same for several at once. */
  async openings<T>(all: readonly Opens[], act: (openings: readonly Opening[]) => Promise<T>): Promise<T> {
    const done = await act(all.map((opens) => this.look(opens)))
    for (const opens of all) if (typeof opens !== 'string') this.#sets.delete(opens.shares)
    return done
  }

  /** The same where they are needed once more. Throws 'shares-missing' and 'shares-too-few'. */
  look(opens: Opens): Opening {
    if (typeof opens === 'string') return opens
    const { slot, given } = this.#of(opens.shares)
    const { setId, threshold: needed } = slot
    if (given.size < needed) throw new CodedError('shares-too-few', { given: given.size, needed })
    return { setId, given: new Map(given) }
  }

  /** The form in which they were given is gone: soon so are they. What was begun with them may still want them. */
  leave(): void {
    if (this.#sets.size > 0) this.#clearIn(LEFT_MILLISECONDS)
  }

  #clearIn(milliseconds: number): void {
    clearTimeout(this.#ends)
    this.#ends = setTimeout(() => this.clear(), milliseconds)
  }

  clear(): void {
    clearTimeout(this.#ends)
    this.#sets = new Map()
  }

  #of(setId: string): Collected {
    const collected = this.#sets.get(setId)
    if (!collected) throw new CodedError('shares-missing', null)
    return collected
  }
}
