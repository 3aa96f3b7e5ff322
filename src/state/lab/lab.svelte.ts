import type { CallOptions } from '../../border/client.ts'
import type { LabEnds, LabFix, LabView } from '../../border/protocol/lab.ts'
import type { ReadyId } from '../../mtls/ready-ids.ts'
import type { Calls } from '../calls.ts'
import type { Clock } from '../clock.svelte.ts'
import { BehindProxy } from './behind-proxy.svelte.ts'
import { ErrorTexts } from './explain.svelte.ts'
import { ProgramSettings } from './settings.svelte.ts'
import { readFiles } from '../files.ts'
import type { Task } from '../task.svelte.ts'
import { ScenarioFiles } from './scenario-files.svelte.ts'

export type LabSide = keyof LabEnds

/** The lab: two ends of a handshake and what they think of each other. Nothing of it is stored. */
export class Lab {
  view = $state.raw<LabView | null>(null)
  ready = $state<ReadyId>('connects')
  readonly texts: ErrorTexts
  readonly proxy: BehindProxy
  readonly settings: ProgramSettings
  readonly task: Task
  readonly files: ScenarioFiles
  readonly #calls: Calls
  readonly #clock: Clock

  constructor(calls: Calls, clock: Clock) {
    this.#calls = calls
    this.#clock = clock
    this.task = calls.task()
    this.texts = new ErrorTexts(calls)
    this.proxy = new BehindProxy(calls)
    this.settings = new ProgramSettings(calls, clock)
    this.files = new ScenarioFiles(calls, clock, this.task, (view) => {
      if (view) this.view = view
      else if (!this.view) this.task.queue((options) => this.#begin(this.ready, options))
    })
  }

  /** Begins if nothing is there, nor on its way from a file. */
  enter(): void {
    if (this.view === null && !this.task.busy) this.begin()
  }

  /** Draws a ready scenario again; the changed one is dropped. */
  begin(id: ReadyId = this.ready): void {
    this.ready = id
    this.files.faults = []
    this.task.queue((options) => this.#begin(id, options))
  }

  async #begin(id: ReadyId, options: CallOptions): Promise<void> {
    this.view = await this.#calls.ask('lab.ready', { id, at: this.#clock.read() }, options)
    this.files.clear()
  }

  /** Changes one end, and plays again. */
  change<S extends LabSide>(side: S, change: Partial<LabEnds[S]>): void {
    const ends = this.view?.ends
    if (!ends) return
    const next = { ...ends, [side]: { ...ends[side], ...change } }
    this.task.queue(async (options) => {
      this.view = await this.#calls.ask('lab.play', next, options)
    })
  }

  /** Does what was offered. */
  mend({ act, side, certificate }: LabFix): void {
    const end = this.view?.ends[side]
    if (!end) return
    if (act === 'send') this.change(side, { sends: [...end.sends, certificate] })
    else this.change(side, { trusts: [...end.trusts, certificate] })
  }

  /** Adds certificates, lists and keys: each end can send or trust them then. */
  add(files: readonly File[]): void {
    this.task.queue(async (options) => {
      const read = await readFiles(files)
      this.view = await this.#calls.ask('lab.add', { files: read, passwords: [] }, options)
    })
  }
}
