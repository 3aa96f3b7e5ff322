import type { FormatView, OauthAnswer, OauthText, OauthView, ReadBack } from '../../border/protocol/lab.ts'
import type { Calls } from '../calls.ts'
import type { Task } from '../task.svelte.ts'

/** What a proxy hands on of the lab's client, and what was pasted of one. */
export class BehindProxy {
  formats = $state.raw<readonly FormatView[]>([])
  oauth = $state.raw<OauthView | null>(null)
  header = $state('')
  answer = $state.raw<ReadBack | null>(null)
  what = $state<OauthText>('token')
  pasted = $state('')
  compared = $state.raw<OauthAnswer | null>(null)
  readonly writing: Task
  readonly reading: Task
  readonly comparing: Task
  readonly #calls: Calls

  constructor(calls: Calls) {
    this.#calls = calls
    this.writing = calls.task()
    this.reading = calls.task()
    this.comparing = calls.task()
  }

  /** Writes the headers of the certificate that the client sends now. */
  write(): void {
    this.writing.run(async (options) => {
      this.formats = await this.#calls.ask('lab.headers', null, options)
      this.oauth = await this.#calls.ask('lab.oauth', null, options)
    })
  }

  read(): void {
    const text = this.header
    this.reading.run(async (options) => {
      this.answer = null
      this.answer = await this.#calls.ask('lab.readHeaders', { text }, options)
    })
  }

  compare(): void {
    const { pasted: text, what } = this
    this.comparing.run(async (options) => {
      this.compared = null
      this.compared = await this.#calls.ask('lab.checkOauth', { text, what }, options)
    })
  }
}
