/**
 * The parts of a vault that reading and writing share: the files for either depend on this one, and not on each other.
 */
import { changed, openRecord } from './records.ts'
import type { Database } from './schema.ts'
import type { Head, Header, Visibility } from './shapes.ts'
import type { VaultKeys } from './vault-keys.ts'

/** An open vault: all that reading and writing needs. Dropped as a whole on lock. */
export interface OpenVault {
  name: string
  vaultId: string
  visibility: Visibility
  database: Database
  keys: VaultKeys
  /** The header or head is not what was written: the vault can be read, exported and backed up, but not written. */
  isReadOnly: boolean
}

/** A vault that may be locked: then only unsealed data can be read, and none of it is authenticated. */
export interface ReadableVault {
  readonly database: Database
  readonly opened: OpenVault | null
  header(): Promise<Header | null>
}

/** Returns the head sealed with the last write; a vault without one was never written. */
export async function readHead({
  database,
  keys,
}: Pick<OpenVault, 'database' | 'keys'>): Promise<{ head: Head; stamp: Uint8Array; mark: string }> {
  const stored = await database.get('meta', 'head')
  if (!stored || !('body' in stored)) return changed('meta', 'head')
  const opened = await openRecord(keys, 'head', stored)
  return opened
    ? { head: opened.value, stamp: stored.mac, mark: stored.unique ?? '' }
    : changed('meta', 'head')
}
