import type { RecordProblem } from '../../vault/shapes.ts'

export interface BackupSummary {
  madeAt: Date
  /** Where the page lay that made it; null where it was served, or that cannot be read. */
  place: string | null
  vaultCreatedAt: Date
  authorities: number
  certificates: number
  keys: number
  journalEntries: number
  /** Hash and count of the records, to compare with a printout. */
  head: { hash: string; count: number; revision: number } | null
  /** How this backup stands to what is here now; null when there is no open vault to compare with. */
  compared: 'same' | 'older' | 'newer' | 'other-vault' | null
  problems: readonly RecordProblem[]
  /** Whether each record was looked at, for which the keys of the vault in it must be at hand. */
  recordsChecked: boolean
}
