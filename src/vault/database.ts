/** The one IndexedDB database of a vault, and what its failures mean. */
import { deleteDB, openDB, unwrap } from 'idb'
import { CodedError, isCodedError } from '../errors.ts'
import { MIGRATIONS, type Migration } from './migrations.ts'
import { TABLES, type Database, type Schema, type TableName } from './schema.ts'

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

type WrittenTable = TableName | 'catalogue'
type Value<T extends WrittenTable> = Schema[T]['value']

/** One transaction, whose requests are queued in order and waited for by nobody. */
export interface Writing {
  /** The table refuses a key that is there. */
  add<T extends WrittenTable>(table: T, value: Value<T>): void
  put<T extends WrittenTable>(table: T, value: Value<T>): void
  delete(table: WrittenTable, key: string): void
  clear(table: WrittenTable): void
  /** At its place among the requests: what `judge` throws of the record that lies there ends the transaction. */
  check<T extends WrittenTable>(table: T, key: string, judge: (found: Value<T> | undefined) => void): void
}

/**
 * Runs `write` in one transaction over all tables and the catalogue; resolves when it is complete. When anything fails
 * nothing of it stays, and the first cause is thrown as it is. A request has no promise of its own: for each of the
 * thousands of a batch that would cost as much as the request. `signal` ends it, while it waits for others too.
 */
export async function transact(
  database: Database,
  durability: 'strict' | 'relaxed',
  write: (writing: Writing) => void,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted()
  const tables: WrittenTable[] = [...TABLES, 'catalogue']
  const transaction = unwrap(database).transaction(tables, 'readwrite', { durability })
  await new Promise<void>((resolve, reject) => {
    let cause: Error | null = null
    const fail = (error: unknown): void => {
      cause ??= error instanceof Error ? error : new Error(String(error))
      abort(transaction)
    }
    const giveUp = (): void => fail(signal?.reason)
    signal?.addEventListener('abort', giveUp, { once: true })
    transaction.oncomplete = () => {
      signal?.removeEventListener('abort', giveUp)
      resolve()
    }
    transaction.onabort = () => reject(cause ?? transaction.error ?? ended())
    try {
      write(writingIn(transaction, fail))
    } catch (error) {
      fail(error)
    }
  })
}

function writingIn(transaction: IDBTransaction, fail: (error: unknown) => void): Writing {
  const stores = new Map<WrittenTable, IDBObjectStore>()
  const of = (table: WrittenTable): IDBObjectStore => {
    let store = stores.get(table)
    if (!store) stores.set(table, (store = transaction.objectStore(table)))
    return store
  }
  return {
    add: (table, value) => void of(table).add(value),
    put: (table, value) => void of(table).put(value),
    delete: (table, key) => void of(table).delete(key),
    clear: (table) => void of(table).clear(),
    check<T extends WrittenTable>(table: T, key: string, judge: (found: Value<T> | undefined) => void) {
      const request = of(table).get(key) as IDBRequest<Value<T> | undefined>
      request.onsuccess = () => {
        try {
          judge(request.result)
        } catch (error) {
          fail(error)
        }
      }
    },
  }
}

/** The browser gives no reason where it closes a database by itself. */
const ended = (): DOMException => new DOMException('the transaction was ended', 'AbortError')

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort()
  } catch {
    // It has ended already, by the request that failed.
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
