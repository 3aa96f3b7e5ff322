import type { Vault } from '../../vault/vault.ts'

/** The part of a session that record reading needs. */
export interface HasVault {
  readonly vault: Vault
}
