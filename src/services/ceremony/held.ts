/** The one ceremony of this worker, and what it holds between two calls. */
import { CodedError } from '../../errors.ts'
import { CeremonyStore } from '../../vault/ceremony-store.ts'
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

  /** Returns null if none was begun. Another tab may have gone on: it is read again unless this one has begun a step. */
  async current(): Promise<CeremonyRun | null> {
    const store = await this.store()
    const isDoing = this.#run !== null && ['doing', 'break'].includes(this.#run.standing.phase)
    if (!isDoing) this.#run = await CeremonyRun.kept(store, () => this.session.now)
    return this.#run
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
