import type { CeremonyView, PlanReading, StepAnswer, ToSign } from '../../border/protocol/ceremony.ts'
import type { Amendments } from '../../ceremony/amend.ts'
import type { Decision, ExceptionWhy } from '../../ceremony/events.ts'
import type { PlanFault } from '../../ceremony/plan-file/fault.ts'
import type { Plan, Step } from '../../ceremony/plan.ts'
import { pagePlace } from '../../csp/form.ts'
import type { ExportFile } from '../../border/views.ts'
import type { CallOptions } from '../../border/client.ts'
import type { In, Method, Out } from '../../border/protocol.ts'
import { isCodedError } from '../../errors.ts'
import { utf8, utf8Text } from '../../octets.ts'
import { carryOutZip } from '../../paper/carry-out.ts'
import type { Calls } from '../calls.ts'
import { download, readFiles, type FileRead } from '../files.ts'
import type { Part } from '../part.ts'
import type { Task } from '../task.svelte.ts'
import { PlanForm } from './plan-form.svelte.ts'

type Shown = Extract<{ [M in Method]: Out<M> extends CeremonyView ? M : never }[Method], `ceremony.${string}`>

/** What the paper of a record is made by; it is a part of the pack. */
export type RecordPaper = (view: CeremonyView) => Promise<readonly FileRead[]>

/** A ceremony: the plan that was read, the one that goes on, and what its step is about to sign. */
export class Ceremony implements Part {
  /** The one of this browser; undefined until it was asked for, null if there is none. */
  view = $state.raw<CeremonyView | null | undefined>(undefined)
  /** What is kept cannot be read as a ceremony: all that can be done is to forget it. */
  isBroken = $state(false)
  /** A plan that was read, with its text; null: none. */
  reading = $state.raw<PlanReading | null>(null)
  /** Whether the form made it. */
  isFromForm = $state(false)
  /** Why what was added to it is not taken. */
  amendFaults = $state.raw<readonly PlanFault[]>([])
  /** The plan as text, which may be changed by hand. */
  draft = $state('')
  /** What a rehearsal has fixed, for a live ceremony. */
  sealed = $state.raw<FileRead | null>(null)
  toSign = $state.raw<ToSign | null>(null)
  /** The request that was brought. */
  brought = $state.raw<Out<'ceremony.bring'> | null>(null)
  readonly task: Task
  readonly planning: Task
  readonly form: PlanForm
  readonly #calls: Calls
  /** The plan as a file, and the text in it. */
  #file: { readonly text: string; readonly bytes: Uint8Array<ArrayBuffer> } | null = null

  constructor(calls: Calls) {
    this.#calls = calls
    this.task = calls.task()
    this.planning = calls.task()
    this.form = new PlanForm(calls)
  }

  /** The step that is next, or being done. */
  readonly step = $derived.by((): Step | null => {
    const { view } = this
    return view?.plan.steps.find(({ id }) => id === view.step) ?? null
  })

  enter(): void {
    if (this.view === undefined) this.refresh()
  }

  refresh(): void {
    this.task.queue(async (options) => {
      try {
        this.view = await this.#calls.ask('ceremony.view', null, options)
      } catch (error) {
        this.isBroken = isCodedError(error, 'transcript-invalid') || isCodedError(error, 'ceremony-plan')
        throw error
      }
    })
  }

  readAgain(page: string): void {
    if (page === 'ceremony' && this.view && !this.task.busy) this.refresh()
  }

  lockAway(): void {
    this.toSign = null
  }

  /** Reads plans and what rehearsals fixed, from files. */
  readFiles(files: readonly File[]): void {
    this.planning.queue(async (options) => {
      for (const file of await readFiles(files)) {
        if (/(?:sealed\.json|\.zip)$/i.test(file.name)) this.sealed = file
        else {
          this.isFromForm = false
          this.#file = { text: utf8Text(file.bytes), bytes: file.bytes }
          await this.#read(this.#file.text, options)
        }
      }
    })
  }

  /** Files that were dropped on the page: for an answer of the form, or a plan. */
  take(files: readonly File[]): void {
    const plans: File[] = []
    for (const file of files) {
      const place = this.reading?.plan ? null : this.form.placeOf(file)
      if (place === 'tool') this.form.readTool([file])
      else if (place) this.form.bring(place, [file])
      else plans.push(file)
    }
    if (plans.length > 0) this.readFiles(plans)
  }

  /** Makes the plan of the form, and goes on with it as with one that was opened. `wrong` is called if it cannot be made. */
  make(wrong: () => void): void {
    const { form } = this
    form.task.run(async (options) => {
      const { answers } = form
      const made = await this.#calls.ask('ceremony.template', answers, options)
      form.note(answers, 'faults' in made ? made.faults : [])
      if ('faults' in made) return wrong()
      this.isFromForm = true
      const bytes = new Uint8Array(made.file)
      this.#file = { text: utf8Text(bytes), bytes }
      await this.#read(this.#file.text, options)
    })
  }

  /** Reads the text as it is. */
  readDraft(): void {
    this.planning.run((options) => this.#read(this.draft, options))
  }

  async #read(text: string, options: CallOptions): Promise<void> {
    this.draft = text
    this.reading = await this.#calls.ask('ceremony.readPlan', { file: this.#octets }, options)
  }

  /** The plan's file, octet for octet as it was read, unless it was changed by hand. */
  get #octets(): Uint8Array<ArrayBuffer> {
    return this.#file?.text === this.draft ? this.#file.bytes : utf8(this.draft)
  }

  chooseSealed([file]: readonly File[]): void {
    if (!file) return
    this.planning.run(async () => {
      this.sealed = (await readFiles([file]))[0] ?? null
    })
  }

  /** Changes what the author adds to the plan that was read, and goes on with the changed one. */
  amend(amendments: Amendments): void {
    this.planning.run(async (options) => {
      const made = await this.#calls.ask('ceremony.amend', { file: this.#octets, amendments }, options)
      this.amendFaults = 'faults' in made ? made.faults : []
      if ('faults' in made) return
      const bytes = new Uint8Array(made.file)
      this.#file = { text: utf8Text(bytes), bytes }
      await this.#read(this.#file.text, options)
    })
  }

  forgetPlan(): void {
    this.amendFaults = []
    this.reading = null
  }

  savePlan(name: string): void {
    download({ name, type: 'application/json', bytes: this.#octets })
  }

  /** Saves what is made of the plan to be printed. */
  savePaper(make: () => Promise<ExportFile>): void {
    this.planning.run(async () => download(await make()))
  }

  open(kind: CeremonyView['kind'], then: () => void): void {
    const input = { kind, plan: this.#octets, sealed: this.sealed?.bytes ?? null, ...whatThisIs() }
    this.#show('ceremony.open', input, then)
  }

  /** Goes on live with the rehearsal that has just been completed. */
  goLive(then: () => void): void {
    this.task.run(async (options) => {
      const [plan, sealed] = await Promise.all(
        ['plan.json', 'sealed.json'].map((name) => this.#calls.ask('ceremony.file', { name }, options)),
      )
      const input = { kind: 'live', plan: plan!.bytes, sealed: sealed!.bytes, ...whatThisIs() } as const
      this.#take(await this.#calls.ask('ceremony.open', input, options))
      then()
    })
  }

  /** Enters the vault of the ceremony, in a tab that may work in another one. */
  returnTo(): void {
    this.task.queue(async (options) => this.#take(await this.#calls.ask('ceremony.enter', null, options)))
  }

  begin(): void {
    if (this.step) this.#show('ceremony.begin', { step: this.step.id })
  }

  answer(answer: StepAnswer): void {
    if (this.step) this.#show('ceremony.answer', { step: this.step.id, answer })
  }

  vaultOpened(how: 'made' | 'unlocked'): void {
    if (this.step) this.#show('ceremony.vaultOpened', { step: this.step.id, how })
  }

  bring(files: readonly File[]): void {
    const { step } = this
    if (!step) return
    this.task.run(async (options) => {
      this.brought = await this.#calls.ask(
        'ceremony.bring',
        { step: step.id, files: await readFiles(files) },
        options,
      )
    })
  }

  prepare(): void {
    const { step } = this
    if (!step) return
    this.task.run(async (options) => {
      this.toSign = await this.#calls.ask('ceremony.prepare', { step: step.id }, options)
      // A difference has been written down.
      if (this.toSign.token === null) this.view = await this.#calls.ask('ceremony.view', null, options)
    })
  }

  sign(): void {
    const [step, token] = [this.step?.id, this.toSign?.token]
    if (step === undefined || !token) return
    this.task.run(async (options) => {
      try {
        this.#take(await this.#calls.ask('ceremony.sign', { step, token }, options))
      } catch (error) {
        // It may be signed or not: the page shows what is known.
        this.toSign = null
        this.view = await this.#calls.ask('ceremony.view', null, {}).catch(() => this.view)
        throw error
      }
    })
  }

  backup(): void {
    const { step } = this
    if (!step) return
    this.task.run(async (options) => {
      const { file, view } = await this.#calls.ask(
        'ceremony.backup',
        { step: step.id, place: pagePlace() },
        options,
      )
      download(file)
      this.#take(view)
    })
  }

  /** The one before never arrived. */
  backupAgain(text: string, by: string): void {
    const { step } = this
    if (!step) return
    this.task.run(async (options) => {
      const input = { step: step.id, place: pagePlace(), text, by }
      const { file, view } = await this.#calls.ask('ceremony.backupAgain', input, options)
      download(file)
      this.#take(view)
    })
  }

  readBack(file: File, passphrase: string): void {
    const { step } = this
    if (!step) return
    this.task.run(async (options) => {
      const [read] = await readFiles([file])
      const input = { step: step.id, file: read!.bytes, passphrase }
      this.#take(await this.#calls.ask('ceremony.readBack', input, options))
    })
  }

  destroy(vaultPassphrase: string): void {
    if (this.step) this.#show('ceremony.destroy', { step: this.step.id, vaultPassphrase })
  }

  close(): void {
    if (this.step) this.#show('ceremony.close', { step: this.step.id })
  }

  except(why: ExceptionWhy, decision: Decision, text: string, by: string, then: () => void): void {
    this.#show('ceremony.except', { why, decision, text, by }, then)
  }

  pause(text: string, then: () => void): void {
    this.#show('ceremony.pause', { text }, then)
  }

  resume(): void {
    this.#show('ceremony.resume', null)
  }

  abort(text: string, by: string, then: () => void): void {
    this.#show('ceremony.abort', { text, by }, then)
  }

  complete(paper: RecordPaper): void {
    const { view } = this
    if (!view) return
    this.task.run(async (options) => {
      const sheets = await paper(view)
      this.#take(await this.#calls.ask('ceremony.complete', { sheets }, options))
    })
  }

  enrol(person: string, [file]: readonly File[]): void {
    if (!file) return
    this.task.run(async (options) => {
      const [read] = await readFiles([file])
      this.#take(await this.#calls.ask('ceremony.enrol', { person, file: read! }, options))
    })
  }

  attest(files: readonly File[]): void {
    this.task.run(async (options) => {
      try {
        await this.#calls.ask('ceremony.attest', { files: await readFiles(files) }, options)
      } finally {
        // Those that count are kept, whatever was said of the others.
        this.view = await this.#calls.ask('ceremony.view', null, options)
      }
    })
  }

  save(name: string): void {
    this.task.run(async (options) =>
      download(await this.#calls.ask('ceremony.file', { name }, options), options),
    )
  }

  carryOut(): void {
    this.task.run(async (options) =>
      download(carryOutZip(await this.#calls.ask('ceremony.carryOut', null, options)), options),
    )
  }

  /** Saves what is kept of one that cannot be read. */
  salvage(): void {
    this.task.run(async (options) =>
      download(carryOutZip(await this.#calls.ask('ceremony.salvage', null, options))),
    )
  }

  forget(): void {
    this.task.run(async (options) => {
      await this.#calls.ask('ceremony.forget', null, options)
      this.view = null
      this.isBroken = false
      this.toSign = null
    })
  }

  /** Calls what returns the ceremony as it is afterwards. */
  #show<M extends Shown>(method: M, input: In<M>, then?: () => void): void {
    this.task.run(async (options) => {
      this.#take(await this.#calls.ask(method, input, options))
      then?.()
    })
  }

  #take(view: CeremonyView): void {
    if (view.step !== this.view?.step) this.brought = null
    this.view = view
    this.toSign = null
  }
}

/** What this page is, and where. Its policy names every part of it by its hash. */
const whatThisIs = (): { policy: string; place: string } => ({
  policy: document.querySelector<HTMLMetaElement>('meta[http-equiv]')?.content ?? '',
  place: pagePlace(),
})

/** The name of a person of the plan. */
export const personName = ({ people }: Plan, id: string): string =>
  people.find((person) => person.id === id)?.name ?? id
