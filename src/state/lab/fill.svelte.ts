import type { LabTaking, LabView, OutputTaken } from '../../border/protocol/lab.ts'
import type { CertificatePage } from '../../border/views.ts'
import type { OutputFault } from '../../mtls/output/read-output.ts'
import type { Calls } from '../calls.ts'
import type { Clock } from '../clock.svelte.ts'
import type { Task } from '../task.svelte.ts'

/** As many as are shown of what a search finds. */
const SHOWN = 20

/** Takes what is played now: another scenario, or the one that was there with a change. */
type Filled = (view: LabView, as: 'begun' | 'changed') => void

/** Ends of the lab that are filled from the vault, or from what a client has printed. */
export class LabFill {
  /** What was pasted, and is not read yet. */
  text = $state('')
  taken = $state.raw<OutputTaken | null>(null)
  fault = $state.raw<OutputFault | null>(null)
  /** Certificates to choose from, as searched for. */
  found = $state.raw<CertificatePage | null>(null)
  readonly searching: Task
  /** That of the lab. */
  readonly #task: Task
  readonly #calls: Calls
  readonly #clock: Clock
  readonly #show: Filled

  constructor(calls: Calls, clock: Clock, task: Task, show: Filled) {
    this.#calls = calls
    this.#clock = clock
    this.#task = task
    this.#show = show
    this.searching = calls.task()
  }

  search(search: string): void {
    const query = { search, sort: 'createdAt', descending: true, offset: 0, limit: SHOWN } as const
    this.searching.read(
      () => this.#calls.ask('certificate.list', query),
      (page) => (this.found = page),
    )
  }

  /** Takes a certificate of the vault to an end; null: begins with it. */
  take(certificateId: string, as: LabTaking['as']): void {
    this.#task.queue(async (options) => {
      const taking = { certificateId, as, at: this.#clock.read() }
      const view = await this.#calls.ask('lab.take', taking, options)
      this.#show(view, as === null ? 'begun' : 'changed')
    })
  }

  /** Gives the server what was pasted; the text stays if it cannot be read. */
  fillServer(): void {
    const { text } = this
    this.#task.queue(async (options) => {
      const read = await this.#calls.ask('lab.output', { text }, options)
      this.fault = 'fault' in read ? read.fault : null
      this.taken = 'fault' in read ? null : read.taken
      if ('fault' in read) return
      this.text = ''
      this.#show(read.view, 'changed')
    })
  }

  /** Another scenario was begun. */
  clear(): void {
    this.taken = null
    this.fault = null
  }
}
