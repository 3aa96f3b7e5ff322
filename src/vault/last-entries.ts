/** Entries of locks and unlocks: neither waits for a database that is blocked or full. */
import { commit } from './commit.ts'
import type { OpenVault } from './open-vault.ts'
import type { JournalDraft } from './shapes.ts'

const WAITS = 2_000

/** Rejects if it took too long; then it is never done. */
async function writeInTime(open: OpenVault, entries: readonly JournalDraft[]): Promise<void> {
  const giveUp = new AbortController()
  const timeout = setTimeout(() => giveUp.abort(), WAITS)
  const isGivenUp = new Promise<never>((_, reject) => {
    giveUp.signal.addEventListener('abort', () => reject(giveUp.signal.reason as Error))
  })
  try {
    await Promise.race([commit(open, { entries, durability: 'relaxed' }, giveUp.signal), isGivenUp])
  } finally {
    clearTimeout(timeout)
  }
}

/** Entries that could not be written: the next change of this tab writes them. */
export class LateEntries {
  #entries: JournalDraft[] = []

  /** Each says that it was written late, and when it happened. */
  add(entries: readonly JournalDraft[]): void {
    this.#entries.push(
      ...entries.map((entry) => ({
        ...entry,
        reason: 'written-late',
        remark: new Date(entry.at).toISOString(),
      })),
    )
  }

  /** Adds this one if `writing` it fails. */
  async orAdd(entry: JournalDraft, writing: Promise<unknown>): Promise<void> {
    try {
      await writing
    } catch (error) {
      this.add([entry])
      throw error
    }
  }

  /** Writes the entries of a lock, whose keys are already gone; returns whether they were written in time. */
  async writeLast(open: OpenVault, entries: readonly JournalDraft[]): Promise<boolean> {
    try {
      const at = Math.max(...entries.map((entry) => entry.at))
      await this.writtenWith(at, (late) => writeInTime(open, [...late, ...entries]))
      return true
    } catch {
      this.add(entries)
      return false
    }
  }

  /** Passes them to `write`, dated now; they are kept if it fails. */
  async writtenWith<T>(at: number, write: (late: JournalDraft[]) => Promise<T>): Promise<T> {
    const late = this.#entries
    this.#entries = []
    try {
      return await write(late.map((entry) => ({ ...entry, at })))
    } catch (error) {
      this.#entries.unshift(...late)
      throw error
    }
  }
}
