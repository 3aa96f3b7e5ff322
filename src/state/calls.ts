import type { CallOptions, Client } from '../worker/client.ts'
import type { In, Method, Out } from '../worker/protocol.ts'
import type { Actor } from '../worker/views.ts'
import type { Clock } from './clock.svelte.ts'
import type { Operator } from './operator.svelte.ts'
import { Task } from './task.svelte.ts'

/** What is written into the journal, with who did it. */
export type Act = { [M in Method]: In<M> extends { actor: Actor } ? M : never }[Method]

/** What every part of the state asks of the worker: to tell, or to act in the operator's name. */
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

  /** The operator's remark goes with the act, and is used up once it is done. */
  async act<M extends Act>(method: M, input: Omit<In<M>, 'actor'>, options?: CallOptions): Promise<Out<M>> {
    const out = await this.#client.call(method, { ...input, actor: this.#operator.actor() } as In<M>, options)
    this.#operator.acted()
    return out
  }
}
