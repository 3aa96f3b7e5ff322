import type { Client } from '../worker/client.ts'
import type { JournalCheck, JournalPage } from '../worker/views.ts'
import type { Clock } from './clock.svelte.ts'
import { download } from './files.ts'
import { Task } from './task.svelte.ts'

const PAGE = 100

/** Every act and every refusal, newest first. */
export class Journal {
  page = $state.raw<JournalPage | null>(null)
  check = $state.raw<JournalCheck | null>(null)
  offset = $state(0)
  search = $state('')
  readonly reading: Task
  readonly verifying: Task
  readonly exporting: Task
  readonly #client: Client
  #asked = 0

  constructor(client: Client, clock: Clock) {
    this.#client = client
    this.reading = new Task(clock)
    this.verifying = new Task(clock)
    this.exporting = new Task(clock)
  }

  readonly limit = PAGE

  read(offset = this.offset): void {
    this.offset = offset
    const asked = ++this.#asked
    const { search } = this
    void this.#client.call('journal.list', { offset, limit: PAGE, ...(search ? { search } : {}) }).then(
      (page) => {
        if (asked === this.#asked) this.page = page
      },
      (error: unknown) => (this.reading.error = error),
    )
  }

  verify(): void {
    this.verifying.run(async (options) => {
      this.check = await this.#client.call('journal.verify', null, options)
    })
  }

  export(then: (name: string) => void): void {
    this.exporting.run(async (options) => {
      const file = await this.#client.call('journal.export', null, options)
      download(file)
      then(file.name)
    })
  }

  forget(): void {
    this.page = null
    this.check = null
  }
}
