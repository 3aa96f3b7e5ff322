/** What is prepared and waits to be signed: not longer than an hour, nor into another day. */
import { CodedError } from '../../errors.ts'
import type { Session } from '../session/session.ts'
import { newId } from '../shared/new-id.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Of one kind; the oldest gives way, and all go when the vault locks. */
export class Waiting<T> {
  readonly #session: Session
  readonly #most: number
  readonly #prepared = new Map<string, { value: T; at: number }>()

  constructor(session: Session, most: number) {
    this.#session = session
    this.#most = most
    session.onLock.add(() => {
      this.#prepared.clear()
    })
  }

  /** The token by which it is asked for. */
  add(value: T, at: Date): string {
    const token = newId()
    this.#prepared.set(token, { value, at: at.getTime() })
    for (const oldest of [...this.#prepared.keys()].slice(0, -this.#most)) this.#prepared.delete(oldest)
    return token
  }

  /**
   * Rejects with 'token-unknown' or 'token-expired': its dates, and what was said of it, are those of when it was prepared.
   */
  find(token: string): T {
    const found = this.#prepared.get(token)
    if (!found) throw new CodedError('token-unknown', null)
    const { now } = this.#session
    const isOfToday = Math.floor(found.at / DAY) === Math.floor(now / DAY)
    // A clock that was set back by more than that has no say in how long it waited.
    if (isOfToday && Math.abs(now - found.at) < HOUR) return found.value
    this.#prepared.delete(token)
    throw new CodedError('token-expired', { at: new Date(found.at) })
  }

  remove(token: string): void {
    this.#prepared.delete(token)
  }
}
