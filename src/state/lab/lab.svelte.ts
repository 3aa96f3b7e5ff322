import type { LabEnds, LabFix, LabView } from '../../border/protocol/lab.ts'
import type { ReadyId } from '../../mtls/ready-ids.ts'
import type { Calls } from '../calls.ts'
import type { Part } from '../part.ts'
import type { Clock } from '../clock.svelte.ts'
import { BehindProxy } from './behind-proxy.svelte.ts'
import { LabFill } from './fill.svelte.ts'
import { ErrorTexts } from './explain.svelte.ts'
import { LabMatrix } from './matrix.svelte.ts'
import { ProgramSettings } from './settings.svelte.ts'
import { readFiles } from '../files.ts'
import type { Task } from '../task.svelte.ts'
import { RuleDraft } from './rule-draft.svelte.ts'
import { ScenarioFiles } from './scenario-files.svelte.ts'
import type { Rule } from '../../mtls/rules/rule.ts'

export type LabSide = keyof LabEnds

/** The lab: two ends of a handshake and what they think of each other. Nothing of it is stored. */
export class Lab implements Part {
  view = $state.raw<LabView | null>(null)
  readonly texts: ErrorTexts
  readonly proxy: BehindProxy
  readonly settings: ProgramSettings
  readonly matrix: LabMatrix
  readonly task: Task
  readonly opening: Task
  /** What a lock took from the lab, until another scenario is begun. */
  forgotten = $state<'keys' | 'all' | null>(null)
  /** The end for which a certificate is being issued, as the lab offered. */
  awaited = $state<LabSide | null>(null)
  /** What would replace the scenario, and waits for an answer. */
  wanted = $state.raw<(() => void) | null>(null)
  /** Whether something was changed here since it was begun, opened or saved. */
  #isChanged = false
  readonly files: ScenarioFiles
  readonly fill: LabFill
  /** Those that wait for the handshake that is played now. */
  #changes: { readonly [S in LabSide]: Partial<LabEnds[S]> } | null = null
  readonly #publicRoots: () => Promise<string>
  #hasPublicRoots = false
  readonly #calls: Calls
  readonly #clock: Clock

  /** `publicRoots` opens the pack of them. */
  constructor(calls: Calls, clock: Clock, publicRoots: () => Promise<string>) {
    this.#publicRoots = publicRoots
    this.#calls = calls
    this.#clock = clock
    this.task = calls.task()
    this.opening = calls.task()
    this.texts = new ErrorTexts(calls)
    this.proxy = new BehindProxy(calls)
    this.settings = new ProgramSettings(calls, clock)
    this.matrix = new LabMatrix(calls, clock)
    this.fill = new LabFill(calls, clock, this.task, (view, as) => {
      if (as === 'begun') this.#begun(view)
      else this.view = view
      this.#isChanged = as === 'changed'
    })
    this.files = new ScenarioFiles(calls, clock, this.task, {
      unlessChanged: (then) => this.unlessChanged(then),
      saved: () => (this.#isChanged = false),
      show: (view) => {
        if (view) this.#begun(view)
        else if (!this.view) this.#draw('connects')
      },
    })
  }

  /** Does what replaces the scenario, or asks first if that was changed here and is in no file. */
  unlessChanged(then: () => void): void {
    this.#givePublicRoots()
    if (this.#isChanged) this.wanted = then
    else then()
  }

  /** Does what was asked about: the scenario is replaced. */
  replace(): void {
    const then = this.wanted
    this.wanted = null
    then?.()
  }

  /** Begins to edit who may connect. */
  editRule(rule: Rule | null): RuleDraft {
    return new RuleDraft(this.#calls, rule)
  }

  /** Public roots are known before anything is played: by the worker, once. */
  #givePublicRoots(): void {
    if (this.#hasPublicRoots) return
    this.#hasPublicRoots = true
    this.task.queue(async (options) => {
      try {
        await this.#calls.ask('lab.publicRoots', { text: await this.#publicRoots() }, options)
      } catch (error) {
        this.#hasPublicRoots = false
        throw error
      }
    })
  }

  /** Begins if nothing is there, nor on its way from a file. */
  enter(): void {
    const isBusy = this.task.busy
    this.#givePublicRoots()
    if (this.view === null && !isBusy) this.begin('connects')
  }

  /** Draws a ready scenario, or draws it again. */
  begin(id: ReadyId): void {
    this.unlessChanged(() => {
      this.files.faults = []
      this.#draw(id)
    })
  }

  #draw(id: ReadyId): void {
    this.task.queue(async (options) => {
      this.#begun(await this.#calls.ask('lab.ready', { id, at: this.#clock.read() }, options))
    })
  }

  /** Another scenario is played than before. */
  #begun(view: LabView): void {
    this.view = view
    this.forgotten = null
    this.awaited = null
    this.#isChanged = false
    this.files.clear()
    this.fill.clear()
  }

  /** Changes one end, and plays again; of changes that come faster than that, all are played at once. */
  change<S extends LabSide>(side: S, change: Partial<LabEnds[S]>): void {
    const waits = this.#changes !== null && this.task.busy
    const changes = waits ? this.#changes! : { client: {}, server: {} }
    Object.assign(changes[side], change)
    this.#isChanged = true
    this.#changes = changes
    if (waits) return
    this.task.queue(async (options) => {
      this.#changes = null
      const ends = this.view?.ends
      if (!ends) return
      const next = {
        client: { ...ends.client, ...changes.client },
        server: { ...ends.server, ...changes.server },
      }
      this.view = await this.#calls.ask('lab.play', next, options)
    })
  }

  /** Lets the end that waits for it send a certificate of the vault. */
  receive(certificateId: string): void {
    const side = this.awaited
    if (side === null) return
    this.awaited = null
    this.fill.take(certificateId, { side, what: 'sends' })
  }

  /** Does what was offered. */
  mend({ act, side, certificate }: LabFix): void {
    const end = this.view?.ends[side]
    if (!end) return
    if (act === 'send') this.change(side, { sends: [...end.sends, certificate] })
    else this.change(side, { trusts: [...end.trusts, certificate] })
  }

  /** Opens what is encrypted in a file, or in all with null. */
  unlock(file: string | null, password: string, then: () => void): void {
    this.opening.run(async (options) => {
      this.view = await this.#calls.ask('lab.unlock', { file, password }, options)
      then()
    })
  }

  /** Plays once more, with the key in the vault of what this end sends. */
  prove(side: LabSide): void {
    this.task.queue(async (options) => {
      this.view = await this.#calls.act('lab.prove', { side }, options)
    })
  }

  /** The worker drops added keys when the vault locks, and what is sealed with it. */
  lockAway(): void {
    const before = this.view
    if (!before) return
    this.task.queue(async (options) => {
      const view = await this.#calls.ask('lab.play', before.ends, options)
      const gone = (has: (view: LabView) => boolean): boolean => has(before) && !has(view)
      const isAllGone = gone(({ certificates }) => certificates.some(({ vault }) => vault !== null))
      if (isAllGone) this.#isChanged = false
      const areKeysGone = keysIn(before) > keysIn(view) || before.locked.length > 0
      this.forgotten = isAllGone ? 'all' : areKeysGone ? 'keys' : null
      this.view = view
      this.matrix.follow(view)
    })
  }

  /** Adds certificates, lists and keys: each end can send or trust them then. */
  add(files: readonly File[]): void {
    this.task.queue(async (options) => {
      const read = await readFiles(files)
      this.#isChanged = true
      this.view = await this.#calls.ask('lab.add', { files: read }, options)
    })
  }
}

const keysIn = ({ certificates }: LabView): number => certificates.filter(({ hasKey }) => hasKey).length
