import type { DependentsView } from '../../border/protocol/rollover.ts'
import type { Calls } from '../calls.ts'
import type { Task } from '../task.svelte.ts'

/** The certificates that become invalid with the CA on view. */
export class Dependents {
  readonly reading: Task
  #found = $state.raw<{ readonly certificateId: string; readonly view: DependentsView } | null>(null)
  readonly #calls: Calls

  constructor(calls: Calls) {
    this.#calls = calls
    this.reading = calls.task()
  }

  /** Null until read. */
  of(certificateId: string): DependentsView | null {
    return this.#found?.certificateId === certificateId ? this.#found.view : null
  }

  /** Reads it again; only the latest call's result is kept. */
  read(certificateId: string): void {
    this.forget()
    this.reading.read(
      () => this.#calls.ask('authority.dependents', { certificateId }),
      (view) => (this.#found = { certificateId, view }),
    )
  }

  forget(): void {
    this.#found = null
    this.reading.clear()
  }
}
