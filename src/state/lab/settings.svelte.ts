import type { SettingsAnswer } from '../../border/protocol/lab.ts'
import type { DestinationId } from '../../destinations/printed.ts'
import { kitFile, settingsFile } from '../../paper/lab-settings.ts'
import type { Calls } from '../calls.ts'
import type { Clock } from '../clock.svelte.ts'
import { download } from '../files.ts'
import type { Task } from '../task.svelte.ts'
import type { Side } from '../../mtls/wire/transcript.ts'

/** Settings of a program for one end, and what a server has to refuse. */
export class ProgramSettings {
  program = $state<DestinationId>('nginx')
  side = $state<Side>('server')
  answer = $state.raw<SettingsAnswer | null>(null)
  readonly task: Task
  readonly saving: Task
  readonly #calls: Calls
  readonly #clock: Clock

  constructor(calls: Calls, clock: Clock) {
    this.#calls = calls
    this.#clock = clock
    this.task = calls.task()
    this.saving = calls.task()
  }

  /** Prints them again, for the two ends as they are. */
  print(): void {
    const { program, side } = this
    this.task.queue(async (options) => {
      this.answer = await this.#calls.ask('lab.settings', { program, side, key: false }, options)
    })
  }

  /** `key`: with the private key, which is asked for only now. */
  save(key: boolean): void {
    const { program, side } = this
    this.saving.run(async (options) => {
      const answer = await this.#calls.ask('lab.settings', { program, side, key }, options)
      if ('printed' in answer) download(settingsFile(answer.printed, answer.key, this.#clock.read()))
    })
  }

  saveKit(): void {
    this.saving.run(async (options) => {
      download(await kitFile(await this.#calls.ask('lab.kit', null, options), this.#clock.read()))
    })
  }
}
