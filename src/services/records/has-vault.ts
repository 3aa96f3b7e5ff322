import type { Vault } from '../../vault/vault.ts'

/** A session, as far as records are read from it. */
export interface HasVault {
  readonly vault: Vault
}
