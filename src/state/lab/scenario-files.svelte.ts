import type { LabView } from '../../border/protocol/lab.ts'
import { labWords } from '../../messages/pack-words.ts'
import type { ScenarioFault } from '../../mtls/scenario-file/fault.ts'
import { SCENARIO_BEGINNING, SCENARIO_LIMITS, beginsAsScenario } from '../../mtls/scenario-file/marks.ts'
import { utf8 } from '../../octets.ts'
import type { Calls } from '../calls.ts'
import type { Clock } from '../clock.svelte.ts'
import { download } from '../files.ts'
import type { Task } from '../task.svelte.ts'

/** Whether a file is a scenario, by how it begins. */
export const isScenario = async (file: File): Promise<boolean> =>
  octetsOf(file, SCENARIO_BEGINNING).then(beginsAsScenario, () => false)

const octetsOf = async (file: File, most: number): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await file.slice(0, most).arrayBuffer())

/** What is played, to those files. */
interface Played {
  /** Does it at once, or after a question if what is played was changed here. */
  readonly unlessChanged: (then: () => void) => void
  /** Takes what was opened; null if nothing was. */
  readonly show: (view: LabView | null) => void
  readonly saved: () => void
}

/** The scenario that is played, as a file. */
export class ScenarioFiles {
  name = $state('')
  note = $state('')
  /** Why the last file was not opened, or the scenario not saved. */
  faults = $state.raw<readonly ScenarioFault[]>([])
  /** That of the lab: a file is opened after what is played now. */
  readonly #task: Task
  readonly #calls: Calls
  readonly #clock: Clock
  readonly #lab: Played

  constructor(calls: Calls, clock: Clock, task: Task, lab: Played) {
    this.#calls = calls
    this.#clock = clock
    this.#task = task
    this.#lab = lab
  }

  /** Opens a scenario; what is played stays if the file cannot be read. */
  open(file: File): void {
    this.#lab.unlessChanged(() => this.#open(file))
  }

  #open(file: File): void {
    this.#task.queue(async (options) => {
      const at = this.#clock.read()
      // One octet more than is read: then its size refuses it.
      const bytes = await octetsOf(file, SCENARIO_LIMITS.octets + 1)
      const opened = await this.#calls.ask('lab.open', { bytes, at }, options)
      this.faults = 'faults' in opened ? opened.faults : []
      this.#lab.show('view' in opened ? opened.view : null)
      if ('view' in opened) [this.name, this.note] = [opened.name, opened.note]
    })
  }

  /** Hands the scenario to the browser's downloads; `keys`: with those of both ends. */
  save(keys: boolean): void {
    const { name, note } = this
    this.#task.queue(async (options) => {
      const saved = await this.#calls.ask('lab.save', { name, note, keys }, options)
      this.faults = 'faults' in saved ? saved.faults : []
      if ('faults' in saved) return
      const file = labWords().scenario.file(name)
      this.#lab.saved()
      download({ name: file, type: 'application/json', bytes: utf8(saved.text) })
    })
  }

  /** Another scenario was begun. */
  clear(): void {
    this.name = ''
    this.note = ''
  }
}
