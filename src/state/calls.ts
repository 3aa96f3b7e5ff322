import { leftAfterLock } from '../border/after-lock.ts'
import type { CallOptions, Client } from '../border/client.ts'
import type { Opens } from '../border/words.ts'
import type { In, Method, Out } from '../border/protocol.ts'
import type { Actor } from '../border/views.ts'
import type { Clock } from './clock.svelte.ts'
import type { Operator } from './operator.svelte.ts'
import type { Part } from './part.ts'
import { Task } from './task.svelte.ts'

/** Methods that are journalled with their actor. */
export type Act = { [M in Method]: In<M> extends { actor: Actor } ? M : never }[Method]

/** Passphrases of CA keys that are opened for one operation, by CA. */
export type ActKeys = Readonly<Record<string, Opens>>

export interface ActOptions extends CallOptions {
  readonly keys?: ActKeys
}

/** Calls to the worker for every part of the state: plain, or in the operator's name. */
export class Calls implements Part {
  readonly #client: Client
  readonly #clock: Clock
  readonly #operator: Operator
  readonly #tasks: Task[] = []
  #locks = 0

  constructor(client: Client, clock: Clock, operator: Operator) {
    this.#client = client
    this.#clock = clock
    this.#operator = operator
  }

  task(): Task {
    const task = new Task(this.#clock)
    this.#tasks.push(task)
    return task
  }

  /** What arrives after this, and was asked for before, is kept without its files. */
  lockAway(): void {
    this.#locks++
    for (const task of this.#tasks) task.keys = {}
  }

  ask<M extends Exclude<Method, Act>>(method: M, input: In<M>, options?: CallOptions): Promise<Out<M>> {
    return this.#unlessLocked(method, () => this.#client.call(method, input, options))
  }

  /**
   * The operator's remark goes with the operation, and is cleared once it is done. Keys that need their own passphrase
   * are opened before it and closed after it, even if it fails.
   */
  act<M extends Act>(method: M, input: Omit<In<M>, 'actor'>, options: ActOptions = {}): Promise<Out<M>> {
    return this.#unlessLocked(method, () => this.#acted(method, input, options))
  }

  async #acted<M extends Act>(
    method: M,
    input: Omit<In<M>, 'actor'>,
    { keys = {}, ...options }: ActOptions,
  ): Promise<Out<M>> {
    const opened: string[] = []
    try {
      for (const [authorityId, passphrase] of Object.entries(keys)) {
        await this.turn('authority.unlock', { authorityId, passphrase })
        opened.push(authorityId)
      }
      const out = await this.#client.call(method, { ...input, actor: this.#operator.actor() }, options)
      this.#operator.acted()
      return out
    } finally {
      // If the vault locked meanwhile, they are closed already.
      for (const authorityId of opened)
        await this.turn('authority.close', { authorityId }).catch(() => undefined)
    }
  }

  /** The worker compares too: here an answer may have waited for keys to be closed. */
  async #unlessLocked<M extends Method>(method: M, answer: () => Promise<Out<M>>): Promise<Out<M>> {
    const locks = this.#locks
    const out = await answer()
    return this.#locks === locks ? out : leftAfterLock(method, out)
  }

  /** Opens or closes a CA's key in the operator's name; the remark is kept for the operation itself. */
  turn<M extends 'authority.unlock' | 'authority.close'>(
    method: M,
    input: Omit<In<M>, 'actor'>,
  ): Promise<Out<M>> {
    const { remark: _waits, ...actor } = this.#operator.actor()
    return this.#client.call(method, { ...input, actor })
  }
}
