/** The location of the page that made a backup: anyone who finds that place finds the vault too. */
import type { BackupContent } from '../../vault/backup.ts'
import { openEntry, readEntryUnverified } from '../../vault/journal.ts'

/** The backup's own entry is among its last entries. */
const LOOKED_THROUGH = 20

/** Returns the place in its own journal entry; null if the page was served, or the entry cannot be read. */
export async function placeOf({ keys, tables }: BackupContent): Promise<string | null> {
  for (const stored of tables.journal.slice(-LOOKED_THROUGH).reverse()) {
    const entry = keys ? (await openEntry(keys, stored))?.entry : readEntryUnverified(stored)
    if (entry?.act === 'backup-made') return entry.subject || null
  }
  return null
}
