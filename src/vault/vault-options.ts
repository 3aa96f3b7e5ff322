/** The options of a vault's connection, and the state it reports. */
import type { Header, RecordProblem, Settings } from './shapes.ts'

export type VaultNotice =
  | { kind: 'unlocked' }
  | { kind: 'locked'; reason: 'asked' | 'idle' | 'other-tab' }
  | { kind: 'changed'; otherTab: boolean }
  | { kind: 'active'; at: number }
  | { kind: 'closed'; authorityIds: readonly string[] }

export interface VaultOptions {
  clock: () => number
  notify: (notice: VaultNotice) => void
  /** For tests: PBKDF2 iterations instead of a measurement. */
  iterations?: number
}

export interface VaultState {
  state: 'absent' | 'locked' | 'unlocked'
  header: Header | null
  settings: Settings
  head: { hash: string; count: number; revision: number } | null
  /** The latest time that the vault has seen. */
  lastJournalAt: number | null
  problems: readonly RecordProblem[]
}
