import type { CallOptions, Client } from '../border/client.ts'
import type { In, Method, Out } from '../border/protocol.ts'
import type { Actor } from '../border/views.ts'
import type { Clock } from './clock.svelte.ts'
import type { Operator } from './operator.svelte.ts'
import { Task } from './task.svelte.ts'

/** Methods that are journalled with their actor. */
export type Act = { [M in Method]: In<M> extends { actor: Actor } ? M : never }[Method]

/** Passphrases of CA keys that are opened for one operation, by CA. */
export type ActKeys = Readonly<Record<string, string>>

export interface ActOptions extends CallOptions {
  readonly keys?: ActKeys
}

/** Calls to the worker for every part of the state: plain, or in the operator's name. */
export class Calls {
  readonly #client: Client
  readonly #clock: Clock
  readonly #operator: Operator

  constructor(client: Client, clock: Clock, operator: Operator) {
    this.#client = client
    this.#clock = clock
    this.#operator = operator
  }

  task(): Task {
    return new Task(this.#clock)
  }

  ask<M extends Exclude<Method, Act>>(method: M, input: In<M>, options?: CallOptions): Promise<Out<M>> {
    return this.#client.call(method, input, options)
  }

  /**
   * The operator's remark goes with the operation, and is cleared once it is done. Keys that need their own passphrase
   * are opened before it and closed after it, even if it fails.
   */
  async act<M extends Act>(
    method: M,
    input: Omit<In<M>, 'actor'>,
    { keys = {}, ...options }: ActOptions = {},
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

  /** Opens or closes a CA's key in the operator's name; the remark is kept for the operation itself. */
  turn<M extends 'authority.unlock' | 'authority.close'>(
    method: M,
    input: Omit<In<M>, 'actor'>,
  ): Promise<Out<M>> {
    const { remark: _waits, ...actor } = this.#operator.actor()
    return this.#client.call(method, { ...input, actor })
  }
}
