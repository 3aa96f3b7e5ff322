import { CodedError } from '../../errors.ts'
import type { Session } from './session.ts'
import { newId } from '../shared/new-id.ts'

/** What was read and shown, until it is stored, replaced or discarded, or the vault locks. One call at a time uses it. */
export class Held<T> {
  #held: { token: string; value: T; isInUse: boolean } | null = null

  constructor(session: Pick<Session, 'onLock'>) {
    session.onLock.add(() => {
      this.clear()
    })
  }

  /** Replaces what was held, and returns the token for it. */
  hold(value: T): string {
    this.#held = { token: newId(), value, isInUse: false }
    return this.#held.token
  }

  /** Rejects with 'answer-unknown'. */
  find(token: string): T {
    return this.#find(token).value
  }

  /** Runs `work` unless another call is doing so. Rejects with 'answer-unknown' and 'already-running'. */
  async use<R>(token: string, work: (value: T) => Promise<R>): Promise<R> {
    const held = this.#find(token)
    if (held.isInUse) throw new CodedError('already-running', null)
    held.isInUse = true
    try {
      return await work(held.value)
    } finally {
      held.isInUse = false
    }
  }

  discard(token: string): void {
    if (this.#held?.token === token) this.clear()
  }

  clear(): void {
    this.#held = null
  }

  #find(token: string) {
    if (this.#held?.token !== token) throw new CodedError('answer-unknown', null)
    return this.#held
  }
}
