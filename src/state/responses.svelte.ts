import { messages } from '../messages/messages.ts'
import type { Client } from '../worker/client.ts'
import type { In } from '../worker/protocol.ts'
import type { ResponsePlan } from '../worker/protocol/response.ts'
import type { CertificatePage } from '../worker/views.ts'
import type { Clock } from './clock.svelte.ts'
import { download } from './files.ts'
import type { Operator } from './operator.svelte.ts'
import { Task } from './task.svelte.ts'

const SHOWN = 20

/** OCSP responses of the authority that is looked at, to be signed ahead. */
export class Responses {
  plan = $state.raw<ResponsePlan | null>(null)
  /** Certificates to choose from, as searched for. */
  found = $state.raw<CertificatePage | null>(null)
  readonly planning: Task
  readonly signing: Task
  readonly #client: Client
  readonly #operator: Operator
  #authorityId = ''
  #asked = 0

  constructor(client: Client, clock: Clock, operator: Operator) {
    this.#client = client
    this.#operator = operator
    this.planning = new Task(clock)
    this.signing = new Task(clock)
  }

  open(authorityId: string): void {
    this.forget()
    this.#authorityId = authorityId
    if (authorityId === '') return
    void this.#client.call('response.plan', { authorityId }).then(
      (plan) => {
        if (this.#authorityId !== authorityId) return
        this.plan = plan
        this.planning.clear()
      },
      (error: unknown) => {
        if (this.#authorityId === authorityId) this.planning.error = error
      },
    )
  }

  forget(): void {
    this.#authorityId = ''
    this.plan = null
    this.found = null
    this.signing.clear()
  }

  search(search: string): void {
    const asked = ++this.#asked
    const query = { authorityId: this.#authorityId, search, offset: 0, limit: SHOWN } as const
    void this.#client.call('certificate.list', query).then(
      (page) => {
        if (asked === this.#asked) this.found = page
      },
      (error: unknown) => (this.planning.error = error),
    )
  }

  sign(wish: ResponseWish, then: (name: string, responses: number) => void): void {
    const authorityId = this.#authorityId
    this.signing.run(async (options) => {
      const { publish: words } = messages.ui.responses
      const input = { authorityId, ...wish, words, actor: this.#operator.actor() }
      const { file, responses } = await this.#client.call('response.sign', input, options)
      download(file)
      this.#operator.acted()
      then(file.name, responses)
    })
  }
}

export type ResponseWish = Omit<In<'response.sign'>, 'authorityId' | 'words' | 'actor'>
