import type { JournalCheck, JournalEntryView, JournalPage } from '../../border/views.ts'
import type { Calls } from '../calls.ts'
import { download } from '../files.ts'
import { journalText } from '../../paper/journal.ts'
import type { Task } from '../task.svelte.ts'
import { utf8 } from '../../octets.ts'

const PAGE = 100
const PRINTED_AT_ONCE = 1000

/** Every operation and every refusal, newest first. */
export class Journal {
  page = $state.raw<JournalPage | null>(null)
  /** All entries, newest first, for paper; null until they were asked for, and after a change. */
  whole = $state.raw<readonly JournalEntryView[] | null>(null)
  check = $state.raw<JournalCheck | null>(null)
  offset = $state(0)
  search = $state('')
  readonly reading: Task
  readonly verifying: Task
  readonly exporting: Task
  readonly printing: Task
  readonly #calls: Calls

  constructor(calls: Calls) {
    this.#calls = calls
    this.reading = calls.task()
    this.verifying = calls.task()
    this.exporting = calls.task()
    this.printing = calls.task()
  }

  readonly limit = PAGE

  read(offset = this.offset): void {
    this.offset = offset
    this.whole = null
    const { search } = this
    this.reading.read(
      () => this.#calls.ask('journal.list', { offset, limit: PAGE, ...(search ? { search } : {}) }),
      (page) => {
        this.page = page
        // The verification does not cover later entries: drop it.
        if (search === '' && this.check?.problems.length === 0 && this.check.entries !== page.total)
          this.check = null
      },
    )
  }

  verify(): void {
    this.verifying.run(async (options) => {
      this.check = await this.#calls.ask('journal.verify', null, options)
    })
  }

  /** Prints all entries that match the search, not only those of the page on view. */
  print(): void {
    this.printing.run(async (options) => {
      const { search } = this
      const entries: JournalEntryView[] = []
      for (let total = 1; entries.length < total;) {
        const range = { offset: entries.length, limit: PRINTED_AT_ONCE }
        const page = await this.#calls.ask('journal.list', { ...range, ...(search && { search }) }, options)
        if (page.entries.length === 0) break
        entries.push(...page.entries)
        total = page.total
      }
      this.whole = entries
      print()
    })
  }

  export(then: (name: string) => void): void {
    this.exporting.run(async (options) => {
      const file = await this.#calls.act('journal.export', {}, options)
      download({ ...file, bytes: utf8(journalText(file)) })
      then(file.name)
      this.read()
    })
  }

  readAgain(page: string): void {
    if (page === 'journal') this.read()
  }

  forget(): void {
    this.page = null
    this.whole = null
    this.check = null
    this.reading.clear()
  }
}
