import type { RolloverView } from '../../border/protocol/rollover.ts'
import type { Calls } from '../calls.ts'
import { fileName, textFile } from '../../paper/file.ts'
import { download } from '../files.ts'
import type { Task } from '../task.svelte.ts'

/** How one key replaces another, by dates. */
export class Rollover {
  plan = $state.raw<RolloverView | null>(null)
  readonly reading: Task
  readonly #calls: Calls
  #authorityId = ''

  constructor(calls: Calls) {
    this.#calls = calls
    this.reading = calls.task()
  }

  /** Reads the plan of an authority that rolled over to a new key. */
  open(authorityId: string): void {
    if (authorityId !== this.#authorityId) this.plan = null
    this.#authorityId = authorityId
    this.reading.read(
      () => this.#calls.ask('rollover.plan', { authorityId }),
      (plan) => (this.plan = plan),
    )
  }

  forget(): void {
    this.plan = null
    this.#authorityId = ''
  }

  /** Saves the plan as shown, as a file to print or to send. */
  save(text: string, kind: 'html' | 'txt', then: (name: string) => void): void {
    const name = `${fileName(this.plan?.old.row.commonName ?? '', 'new-key')}.${kind}`
    download(textFile(name, text, kind === 'html' ? 'text/html' : 'text/plain'))
    then(name)
  }
}
