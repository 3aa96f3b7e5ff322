/** What reading and writing need of a vault: the files that do either lean on this, and on each other not at all. */
import { changed, openRecord } from './records.ts'
import type { Database } from './schema.ts'
import type { Head, Header, Visibility } from './shapes.ts'
import type { VaultKeys } from './vault-keys.ts'

/** An open vault: all that reading and writing needs. Dropped whole on lock. */
export interface OpenVault {
  name: string
  vaultId: string
  visibility: Visibility
  database: Database
  keys: VaultKeys
  /** Header or head are not those that were written: it is read, exported and backed up, and takes nothing in. */
  isReadOnly: boolean
}

/** A vault that may be locked: then what is not sealed can be read, and nothing of it is authenticated. */
export interface ReadableVault {
  readonly database: Database
  readonly opened: OpenVault | null
  header(): Promise<Header | null>
}

/** The head as sealed with the last write; a vault without one was never written. */
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
