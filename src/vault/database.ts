/** The one IndexedDB database of a vault, and what its failures mean. */
import { deleteDB, openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb'
import { CodedError, isCodedError } from '../errors.ts'
import { MIGRATIONS, type Migration } from './migrations.ts'
import { STORES, type Header, type StoredEntry, type StoredRecord } from './shapes.ts'

/** What happened while nothing could be sealed: attempts to unlock that failed; journalled at the next unlock. */
export interface Refusals {
  id: 'refusals'
  count: number
  last: { at: number; who: string }[]
  /** Set when this vault came out of a backup, which could not be journalled either. */
  restored?: { at: number; who: string; remark: string }
}

type RecordStore = { key: string; value: StoredRecord }

export interface Schema extends DBSchema {
  meta: { key: string; value: Header | Refusals | (StoredRecord & { id: 'head' | 'settings' }) }
  authorities: RecordStore
  keys: RecordStore
  endEntityKeys: RecordStore
  certificates: RecordStore & { indexes: { parent: string; serial: [string, string] } }
  profiles: RecordStore
  requests: RecordStore & { indexes: { parent: string } }
  lists: RecordStore & { indexes: { parent: string } }
  trustStores: RecordStore
  journal: { key: number; value: StoredEntry }
  /** Made of the certificates and made again when it does not fit them: no backup holds it. */
  catalogue: RecordStore
}

export type Database = IDBPDatabase<Schema>
export const TABLES = ['meta', ...STORES, 'journal'] as const
export type TableName = (typeof TABLES)[number]

/** Opens the database, made or brought up to the newest version. Rejects with 'storage-*'. */
export async function openDatabase(
  name: string,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<Database> {
  try {
    const database: Database = await openDB<Schema>(name, migrations.length, {
      upgrade(upgrading, from, _to, transaction) {
        for (const migrate of migrations.slice(from)) migrate(upgrading, transaction)
      },
      // A newer version of this page in another tab, or the deletion of the database, must not wait for us.
      blocking: () => database.close(),
    })
    return database
  } catch (error) {
    if (error instanceof DOMException && error.name === 'VersionError') {
      const found = (await indexedDB.databases()).find((entry) => entry.name === name)?.version ?? 0
      throw new CodedError('storage-newer', { found, known: migrations.length }, { cause: error })
    }
    throw storageError(error)
  }
}

/** Names of databases that begin so. */
export async function databasesNamed(prefix: string): Promise<string[]> {
  return (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : []))
}

/** Resolves once it is gone; other tabs' connections close by themselves. */
export async function deleteDatabase(name: string): Promise<void> {
  await deleteDB(name)
}

export type Transaction = IDBPTransaction<Schema, (TableName | 'catalogue')[], 'readwrite'>

/**
 * Runs `write` in one transaction over all tables and the catalogue, queueing its requests; resolves when it is complete. When
 * anything fails nothing of it stays, and the first cause is thrown as it is.
 */
export async function transact(
  database: Database,
  durability: 'strict' | 'relaxed',
  write: (transaction: Transaction, queue: (request: Promise<unknown>) => void) => Promise<void>,
): Promise<void> {
  const requests: Promise<unknown>[] = []
  const transaction = database.transaction([...TABLES, 'catalogue'], 'readwrite', { durability })
  try {
    await write(transaction, (request) => requests.push(request))
    await Promise.all([...requests, transaction.done])
  } catch (error) {
    abort(transaction)
    await Promise.allSettled([...requests, transaction.done])
    const isAbort = error instanceof DOMException && error.name === 'AbortError'
    throw isAbort ? (transaction.error ?? error) : error
  }
}

function abort(transaction: Transaction): void {
  try {
    transaction.abort()
  } catch {
    // It has ended already, by itself or by the failed request.
  }
}

/** What a failed request means: full, closed under us, a serial number used twice; else not available. */
export function storageError(error: unknown): Error {
  if (isCodedError(error)) return error
  if (!(error instanceof DOMException)) return error instanceof Error ? error : new Error(String(error))
  if (error.name === 'QuotaExceededError') return new CodedError('storage-full', null, { cause: error })
  if (error.name === 'InvalidStateError') return new CodedError('storage-blocked', null, { cause: error })
  return new CodedError('storage-unavailable', { reason: error.message || error.name }, { cause: error })
}
