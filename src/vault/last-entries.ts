/** The entries of a lock: the keys are already gone, and a database that is blocked must delay nothing else. */
import { commit } from './commit.ts'
import type { OpenVault } from './open-vault.ts'
import type { JournalDraft } from './shapes.ts'

const WAITS = 2_000

/** Returns whether they were stored in time; if not, they never are. */
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

/** For the next unlock: the entry says that it was written late, and when it happened. */
export function asLate(entry: JournalDraft): JournalDraft {
  return { ...entry, reason: 'written-late', remark: new Date(entry.at).toISOString() }
}
