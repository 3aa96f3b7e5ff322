/** The entries of a lock: the keys are gone, and whoever holds the database up must not hold up more than them. */
import { commit } from './commit.ts'
import type { OpenVault } from './open-vault.ts'
import type { JournalDraft } from './shapes.ts'

const WAITS = 2_000

/** Whether they were stored before the time was over; else nothing of them ever is. */
export async function isWrittenInTime(open: OpenVault, entries: readonly JournalDraft[]): Promise<boolean> {
  const giveUp = new AbortController()
  const timeout = setTimeout(() => giveUp.abort(), WAITS)
  const isGivenUp = new Promise<boolean>((resolve) => {
    giveUp.signal.addEventListener('abort', () => resolve(false))
  })
  const isWritten = commit(open, { entries, durability: 'relaxed' }, giveUp.signal).then(
    () => true,
    () => false,
  )
  try {
    return await Promise.race([isWritten, isGivenUp])
  } finally {
    clearTimeout(timeout)
  }
}

/** For the next unlock: says in the entry that it is late, and of when it is. */
export function asLate(entry: JournalDraft): JournalDraft {
  return { ...entry, reason: 'written-late', remark: new Date(entry.at).toISOString() }
}
