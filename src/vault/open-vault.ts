/**
 * The parts of a vault that reading and writing share: the files for either depend on this one, and not on each other.
 */
import { CodedError } from '../errors.ts'
import { isEqual } from '../webcrypto/seal.ts'
import { goesOnFrom, type Link } from './journal.ts'
import { changed, openRecord } from './records.ts'
import type { Database } from './schema.ts'
import type { Head, Header, StoredRecord, Visibility } from './shapes.ts'
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
  /** The slot that opened it; null for a vault that was just made or re-keyed. */
  slotId: string | null
}

/** A vault that may be locked: then only unsealed data can be read, and none of it is authenticated. */
export interface ReadableVault {
  readonly database: Database
  readonly opened: OpenVault | null
  header(): Promise<Header | null>
}

interface StoredHead {
  head: Head
  stamp: Uint8Array
  mark: string
}

interface Seen {
  revision: number
  journal: Link
  stamp: Uint8Array
}

/** The latest state that was read or written with these keys: an earlier one has valid MACs too. */
const latest = new WeakMap<VaultKeys, Seen>()

/** Remembers a state that was read or written, unless a later one is known. */
export function rememberHead(
  { keys }: Pick<OpenVault, 'keys'>,
  { revision, journal }: Head,
  stamp: Uint8Array,
): void {
  if (revision > (latest.get(keys)?.revision ?? -1)) latest.set(keys, { revision, journal, stamp })
}

/**
 * Returns the head sealed with the last write; a vault without one was never written. Rejects with 'vault-earlier' if
 * the vault has been seen in a later state, or in one that this one does not go on from: another tab that had not seen
 * it may have written on an earlier one.
 */
export async function readHead({
  database,
  keys,
}: Pick<OpenVault, 'database' | 'keys'>): Promise<StoredHead> {
  return currentHead({ database, keys }, () => database.get('meta', 'head'))
}

/** As readHead, with what is stored as the header at the same moment. */
export async function readFrame({
  database,
  keys,
}: Pick<OpenVault, 'database' | 'keys'>): Promise<StoredHead & { header: unknown }> {
  let header: unknown
  const found = await currentHead({ database, keys }, async () => {
    const [stored, head] = await database.getBoth(['meta', 'vault'], ['meta', 'head'])
    header = stored
    return head
  })
  return { ...found, header }
}

/** What was known is noted before the read: a write that ends meanwhile does not make what was read an earlier state. */
async function currentHead(
  { database, keys }: Pick<OpenVault, 'database' | 'keys'>,
  read: () => Promise<unknown>,
): Promise<StoredHead> {
  const known = latest.get(keys)
  const stored = (await read()) as StoredRecord | undefined
  if (!stored || !('body' in stored)) return changed('meta', 'head')
  const opened = await openRecord(keys, 'head', stored)
  if (!opened) return changed('meta', 'head')
  const { value: head } = opened
  const isSame = known !== undefined && isEqual(known.stamp, stored.mac)
  const isLater = (seen: Seen): Promise<boolean> | false =>
    head.revision > seen.revision && goesOnFrom(database, keys, head.journal, seen.journal)
  if (known && !isSame && !(await isLater(known)))
    throw new CodedError('vault-earlier', { found: head.revision, seen: known.revision })
  rememberHead({ keys }, head, stored.mac)
  return { head, stamp: stored.mac, mark: stored.unique ?? '' }
}
