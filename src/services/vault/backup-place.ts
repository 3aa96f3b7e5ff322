/** Where the page lay that made a backup: whoever finds the file finds the vault with it. */
import type { BackupContent } from '../../vault/backup.ts'
import { openEntry, readEntryUnverified } from '../../vault/journal.ts'

/** The backup holds the record of itself among its last entries. */
const LOOKED_THROUGH = 20

/** As its own entry of the journal says; null where the page was served, or the entry cannot be read. */
export async function placeOf({ keys, tables }: BackupContent): Promise<string | null> {
  for (const stored of tables.journal.slice(-LOOKED_THROUGH).reverse()) {
    const entry = keys ? (await openEntry(keys, stored))?.entry : readEntryUnverified(stored)
    if (entry?.act === 'backup-made') return entry.subject || null
  }
  return null
}
