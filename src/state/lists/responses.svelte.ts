import { responsesFile } from '../../paper/responses.ts'
import type { In } from '../../border/protocol.ts'
import type { ResponsePlan } from '../../border/protocol/response.ts'
import type { CertificatePage } from '../../border/views.ts'
import type { Calls } from '../calls.ts'
import { download } from '../files.ts'
import type { Task } from '../task.svelte.ts'

const SHOWN = 20

/** OCSP responses of the authority on view, to be signed ahead. */
export class Responses {
  plan = $state.raw<ResponsePlan | null>(null)
  /** Certificates to choose from, as searched for. */
  found = $state.raw<CertificatePage | null>(null)
  readonly planning: Task
  readonly signing: Task
  readonly #calls: Calls
  #authorityId = ''

  constructor(calls: Calls) {
    this.#calls = calls
    this.planning = calls.task()
    this.signing = calls.task()
  }

  open(authorityId: string): void {
    this.forget()
    this.#authorityId = authorityId
    if (authorityId === '') return
    this.planning.read(
      () => this.#calls.ask('response.plan', { authorityId }),
      (plan) => (this.plan = plan),
    )
  }

  forget(): void {
    this.#authorityId = ''
    this.plan = null
    this.found = null
    this.planning.clear()
    this.signing.clear()
  }

  search(search: string): void {
    const query = { authorityId: this.#authorityId, search, offset: 0, limit: SHOWN } as const
    this.planning.read(
      () => this.#calls.ask('certificate.list', query),
      (page) => (this.found = page),
    )
  }

  sign(wish: ResponseWish, then: (name: string, responses: number) => void): void {
    const authorityId = this.#authorityId
    this.signing.run(async (options) => {
      const signed = await this.#calls.act('response.sign', { authorityId, ...wish }, options)
      const file = responsesFile(signed)
      download(file)
      then(file.name, signed.responses)
    })
  }
}

export type ResponseWish = Omit<In<'response.sign'>, 'authorityId' | 'actor'>
