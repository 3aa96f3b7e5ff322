/** What a vault is connected with, and what it tells. */
export type VaultNotice =
  | { kind: 'unlocked' }
  | { kind: 'locked'; reason: 'asked' | 'idle' | 'other-tab' }
  | { kind: 'changed'; otherTab: boolean }
  | { kind: 'active'; at: number }

export interface VaultOptions {
  clock: () => number
  notify: (notice: VaultNotice) => void
  /** For tests: PBKDF2 iterations instead of a measurement. */
  iterations?: number
}
