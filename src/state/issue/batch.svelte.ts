import type { ValidityInput } from '../../ca/input.ts'
import { leftAfterLock } from '../../border/after-lock.ts'
import { CodedError } from '../../errors.ts'
import type { FindingCode } from '../../findings.ts'
import type { BatchPlan, BatchProgress, BatchResult } from '../../border/views.ts'
import type { CallOptions } from '../../border/client.ts'
import type { Calls } from '../calls.ts'
import { endEntityKeeping, validity } from './draft.ts'
import { AS_PROFILE, type Life } from './lengths.ts'
import { pathOf } from '../dropped.ts'
import { archiveOf } from '../../paper/batch.ts'
import { bytesOf, download, eachFile, type FileProblem } from '../files.ts'
import type { Part } from '../part.ts'
import type { Task } from '../task.svelte.ts'
import { utf8Text } from '../../octets.ts'

/** Many certificates from one table. */
export class Batch implements Part {
  table = $state('')
  authorityId = $state('')
  profileId = $state('tlsServer')
  keyAlgorithm = $state('p256')
  /** How long they are valid; '' is as the profile says. */
  life = $state<Life>({ ...AS_PROFILE })
  keys = $state<'sealed' | 'pkcs8' | 'pkcs12'>('pkcs8')
  result = $state.raw<BatchResult | null>(null)
  /** Of the last run: whether its keys were handed out, and whether its ZIP was saved. */
  handedOut = $state(false)
  isSaved = $state(false)
  /** Files that yielded no table, and tables that came with the one taken. */
  problems = $state.raw<readonly FileProblem[]>([])
  leftAside = $state.raw<readonly string[]>([])
  readonly reading: Task
  readonly running: Task
  readonly #calls: Calls

  constructor(calls: Calls) {
    this.#calls = calls
    this.reading = calls.task()
    this.running = calls.task()
  }

  #read = $state.raw<{ asked: string; plan: BatchPlan } | null>(null)
  /** The result for the table, as long as it and its options are unchanged since it was read. */
  readonly plan = $derived(this.#read?.asked === this.#asked ? this.#read.plan : null)
  /** The warnings were read and accepted. */
  acknowledged = $state(false)
  /** How many certificates would be signed. */
  readonly wanted = $derived(
    this.plan === null ? 0 : this.plan.rows.length - (this.acknowledged ? 0 : this.plan.warned.length),
  )

  readonly progress = $derived.by((): BatchProgress | null => {
    const { progress } = this.running
    return progress?.kind === 'batch' ? progress : null
  })

  /** Takes the first of the files that has rows to sign; if none has, shows the problem of the first. */
  load(files: readonly File[], authorityId: string): void {
    if (files.length === 0) return
    this.result = null
    this.reading.run(async (options) => {
      const found: { file: File; table: string; plan: BatchPlan }[] = []
      this.problems = await eachFile(files, async (file) => {
        const table = utf8Text(await bytesOf(file))
        if (table.trim() === '') throw new CodedError('pile-file-empty', null)
        found.push({ file, table, plan: await this.#planOf(table, authorityId, options) })
      })
      const taken = found.find(({ plan }) => plan.rows.length > 0) ?? found[0]
      this.leftAside = found.filter((each) => each !== taken).map(({ file }) => pathOf(file))
      if (!taken) return
      this.table = taken.table
      this.acknowledged = false
      this.#read = { asked: this.#asked, plan: taken.plan }
    })
  }

  /** Reads the table and reports the rows that this issuer will not sign; makes nothing. */
  read(authorityId: string): void {
    this.result = null
    this.reading.run((options) => this.#readTable(authorityId, options))
  }

  /** Everything the result depends on. */
  get #asked(): string {
    return JSON.stringify([this.authorityId, this.profileId, this.life, this.table])
  }

  async #readTable(authorityId: string, options: CallOptions): Promise<void> {
    const asked = this.#asked
    this.acknowledged = false
    this.#read = { asked, plan: await this.#planOf(this.table, authorityId, options) }
  }

  #planOf(table: string, authorityId: string, options: CallOptions): Promise<BatchPlan> {
    const { profileId, keyAlgorithm } = this
    const input = { table, profileId, authorityId, keyAlgorithm, validity: this.#validity }
    return this.#calls.ask('batch.read', input, options)
  }

  get #validity(): ValidityInput | null {
    const life = $state.snapshot(this.life)
    return life.validity === '' ? null : validity(life)
  }

  start(authorityId: string, passphrase: string): void {
    const { keys } = this
    this.running.run(async (options) => {
      this.isSaved = false
      this.handedOut = keys !== 'sealed'
      this.result = await this.#calls.act(
        'batch.start',
        {
          authorityId,
          profileId: this.profileId,
          keyAlgorithm: this.keyAlgorithm,
          signature: null,
          validity: this.#validity,
          extensions: {},
          table: this.table,
          keys: endEntityKeeping(keys, passphrase),
          acknowledged: this.acknowledged ? warningsOf(this.plan) : [],
          shown: this.acknowledged ? (this.plan?.against ?? []) : [],
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

  /** Downloads the ZIP, at the end and whenever it is asked for again. */
  save(): void {
    const { made } = this.result ?? {}
    if (!made || made === 'locked') return
    download(archiveOf(made))
    this.isSaved = true
  }

  /** Keys that are handed out must not outlast the lock; what was issued is still said. */
  lockAway(): void {
    if (this.result) this.result = leftAfterLock('batch.start', this.result)
  }

  #tell(method: 'batch.pause' | 'batch.resume'): void {
    const { progress } = this
    if (progress) void this.#calls.ask(method, { batchId: progress.batchId }).catch(() => undefined)
  }
}

const warningsOf = (plan: BatchPlan | null): FindingCode[] => [
  ...new Set(plan?.warned.flatMap(({ findings = [] }) => findings.map(({ code }) => code))),
]
