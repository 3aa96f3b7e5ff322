/** Prepared objects that wait for a signature: for at most an hour, and not past the day's end. */
import { CodedError } from '../../errors.ts'
import type { Session } from '../session/session.ts'
import { newId } from '../shared/new-id.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Holds one kind; the oldest is dropped when full, and all when the vault locks. */
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

  /** Returns the token for it. */
  add(value: T, at: Date): string {
    const token = newId()
    this.#prepared.set(token, { value, at: at.getTime() })
    for (const oldest of [...this.#prepared.keys()].slice(0, -this.#most)) this.#prepared.delete(oldest)
    return token
  }

  /** Rejects with 'token-unknown' or 'token-expired': its dates and findings are those of when it was prepared. */
  find(token: string): T {
    const found = this.#prepared.get(token)
    if (!found) throw new CodedError('token-unknown', null)
    const { now } = this.#session
    const isOfToday = Math.floor(found.at / DAY) === Math.floor(now / DAY)
    // If the clock was set back by more than that, the waiting time is unknown.
    if (isOfToday && Math.abs(now - found.at) < HOUR) return found.value
    this.#prepared.delete(token)
    throw new CodedError('token-expired', { at: new Date(found.at) })
  }

  remove(token: string): void {
    this.#prepared.delete(token)
  }
}
