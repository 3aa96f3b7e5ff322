import type { ExplainedText } from '../../border/protocol/lab.ts'
import type { Calls } from '../calls.ts'
import type { Task } from '../task.svelte.ts'

/** A pasted error text and what it means. */
export class ErrorTexts {
  text = $state('')
  answer = $state.raw<ExplainedText | null>(null)
  readonly task: Task
  readonly #calls: Calls

  constructor(calls: Calls) {
    this.#calls = calls
    this.task = calls.task()
  }

  explain(text = this.text): void {
    this.text = text
    this.task.run(async (options) => {
      this.answer = await this.#calls.ask('lab.explain', { text }, options)
    })
  }
}
