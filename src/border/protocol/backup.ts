import type { RecordProblem } from '../../vault/shapes.ts'

export interface BackupSummary {
  madeAt: Date
  /** The location of the page that made it; null if it was served, or the location cannot be read. */
  place: string | null
  vaultCreatedAt: Date
  authorities: number
  certificates: number
  keys: number
  journalEntries: number
  /** Hash and count of the records, to compare with a printout. */
  head: { hash: string; count: number; revision: number } | null
  /** How this backup compares with the current vault; null if no vault is open. */
  compared: 'same' | 'older' | 'newer' | 'other-vault' | null
  problems: readonly RecordProblem[]
  /** Whether each record was checked, which needs the keys of the vault in it. */
  recordsChecked: boolean
}
