/** The one ceremony of this worker, and what it holds between two calls. */
import { CodedError, isCodedError } from '../../errors.ts'
import { CeremonyStore } from '../../vault/ceremony-store.ts'
import { withLock } from '../../vault/tabs.ts'
import type { Handlers } from '../../border/dispatch.ts'
import type { Session } from '../session/session.ts'
import type { CeremonyContext } from './objects.ts'
import { CeremonyRun } from './run.ts'
import type { Pending } from './signing.ts'
import { ThrowAwayKeys } from './throw-away.ts'

export class HeldCeremony {
  readonly session: Session
  readonly handlers: Handlers
  readonly throwAway = new ThrowAwayKeys()
  /** Requests that were brought, by their ids in the plan. */
  readonly brought = new Map<string, Uint8Array>()
  pending: Pending | null = null
  #store: Promise<CeremonyStore> | null = null
  #run: CeremonyRun | null = null
  #turn: Promise<unknown> = Promise.resolve()

  constructor(session: Session, handlers: Handlers) {
    this.session = session
    this.handlers = handlers
    // A key that was prepared is gone with the vault's.
    session.onLock.add(() => (this.pending = null))
  }

  store(): Promise<CeremonyStore> {
    this.#store ??= CeremonyStore.open(this.session.mainName)
    this.#store.catch(() => (this.#store = null))
    return this.#store
  }

  /** One call after the other, those of other tabs among them: each goes on from what the one before has written. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(() => withLock(`${this.session.mainName}-ceremony`, work))
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  /** Returns null if none was begun. Where another tab has gone on, this one has begun nothing any more. */
  async current(): Promise<CeremonyRun | null> {
    const kept = await CeremonyRun.kept(await this.store(), () => this.session.now)
    if (kept === null || kept.head !== this.#run?.head) this.set(kept)
    return this.#run
  }

  /** The same, but null too if what is kept cannot be read as a ceremony. */
  async readable(): Promise<CeremonyRun | null> {
    try {
      return await this.current()
    } catch (error) {
      if (isCodedError(error, 'transcript-invalid') || isCodedError(error, 'ceremony-plan')) return null
      throw error
    }
  }

  /** Rejects with 'ceremony-none'. */
  async required(): Promise<CeremonyRun> {
    const run = await this.current()
    if (!run) throw new CodedError('ceremony-none', null)
    return run
  }

  async context(): Promise<CeremonyContext> {
    const { session, handlers, throwAway, brought } = this
    return { session, handlers, throwAway, brought, run: await this.required() }
  }

  set(run: CeremonyRun | null): void {
    this.#run = run
    this.pending = null
    this.brought.clear()
  }
}
