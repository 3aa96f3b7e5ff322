import type { BatchPlan, BatchProgress, BatchResult } from '../worker/views.ts'
import type { CallOptions } from '../worker/client.ts'
import type { Calls } from './calls.ts'
import { endEntityKeeping } from './draft.ts'
import { download } from './files.ts'
import type { Task } from './task.svelte.ts'

/** Many certificates from one table. */
export class Batch {
  table = $state('')
  authorityId = $state('')
  profileId = $state('tlsServer')
  keyAlgorithm = $state('p256')
  days = $state('398')
  keys = $state<'sealed' | 'pkcs8' | 'pkcs12'>('pkcs8')
  result = $state.raw<BatchResult | null>(null)
  readonly reading: Task
  readonly running: Task
  readonly #calls: Calls

  constructor(calls: Calls) {
    this.#calls = calls
    this.reading = calls.task()
    this.running = calls.task()
  }

  #read = $state.raw<{ table: string; plan: BatchPlan } | null>(null)
  /** What was found in the table, as long as it is the one that was read. */
  readonly plan = $derived(this.#read?.table === this.table ? this.#read.plan : null)

  readonly progress = $derived.by((): BatchProgress | null => {
    const { progress } = this.running
    return progress?.kind === 'batch' ? progress : null
  })

  load(files: readonly File[]): void {
    const file = files[0]
    if (!file) return
    this.reading.run(async (options) => {
      this.table = await file.text()
      await this.#readTable(options)
    })
  }

  /** Reads the table and names its bad rows; nothing is made. */
  read(): void {
    this.result = null
    this.reading.run((options) => this.#readTable(options))
  }

  async #readTable(options: CallOptions): Promise<void> {
    const { table, profileId } = this
    this.#read = { table, plan: await this.#calls.ask('batch.read', { table, profileId }, options) }
  }

  start(authorityId: string, passphrase: string): void {
    this.running.run(async (options) => {
      this.result = await this.#calls.act(
        'batch.start',
        {
          authorityId,
          profileId: this.profileId,
          keyAlgorithm: this.keyAlgorithm,
          signature: null,
          validity: { days: Number(this.days) },
          extensions: {},
          table: this.table,
          keys: endEntityKeeping(this.keys, passphrase),
          acknowledged: [],
        },
        options,
      )
      this.#read = null
      this.save()
    })
  }

  pause(): void {
    this.#tell('batch.pause')
  }

  resume(): void {
    this.#tell('batch.resume')
  }

  /** Downloads the ZIP once more. */
  save(): void {
    if (this.result?.zip) download(this.result.zip)
  }

  #tell(method: 'batch.pause' | 'batch.resume'): void {
    const { progress } = this
    if (progress) void this.#calls.ask(method, { batchId: progress.batchId }).catch(() => undefined)
  }
}
