/** The one IndexedDB database of a vault. */
import { deleteDB } from 'idb'
import { CodedError, isCodedError } from '../errors.ts'
import { OwnConnection, type Connection } from './connection.ts'
import { MIGRATIONS, type Migration } from './migrations.ts'
import type { PageStorage } from './page-storage.ts'
import { isSame } from './requests.ts'
import type { Database, Durability, ReadRequest, Schema, Step, WrittenTable } from './schema.ts'

export { storageError } from './connection.ts'

/** Set if this worker's storage differs from its page's and is lost when the browser is closed. */
let page: PageStorage | null = null

/** From now on every database is the page's, and is accessed through it. */
export function keepInPage(storage: PageStorage | null): void {
  page = storage
}

/** Null if the worker and its page share one storage. */
export const storageInPage = (): PageStorage | null => page

/** Opens the database, creating or upgrading it. Rejects with 'storage-*'. */
export async function openDatabase(
  name: string,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<Database> {
  return databaseOver(name, await (page?.open(name) ?? OwnConnection.open(name, migrations)))
}

/** Returns the names of databases that begin with `prefix`. */
export async function databasesNamed(prefix: string): Promise<string[]> {
  const names = page ? await page.names() : (await indexedDB.databases()).map(({ name }) => name ?? '')
  return names.filter((name) => name.startsWith(prefix))
}

/** Resolves once the database is deleted; other tabs' connections close by themselves. */
export async function deleteDatabase(name: string): Promise<void> {
  await (page?.delete(name) ?? deleteDB(name))
}

/** When several change one record at once, one succeeds each time. */
const ATTEMPTS = 20

type Value<T extends WrittenTable> = Schema[T]['value']

/** One transaction, whose requests are queued in order and not awaited one by one. */
export interface Writing {
  /** The table refuses an existing key. */
  add<T extends WrittenTable>(table: T, value: Value<T>): void
  put<T extends WrittenTable>(table: T, value: Value<T>): void
  delete(table: WrittenTable, key: string | number): void
  clear(table: WrittenTable): void
  /** Runs before any of the writes: if `accept` throws on the stored record, the transaction is aborted. */
  check<T extends WrittenTable>(table: T, key: string, accept: (found: Value<T> | undefined) => void): void
}

/**
 * Does what `write` requests in one transaction over all tables and the catalogue; resolves when it is complete. If
 * anything fails, nothing is stored and the first cause is rethrown as is. `signal` aborts it, also while it waits for
 * others.
 */
export async function transact(
  database: Database,
  durability: Durability,
  write: (writing: Writing) => void,
  signal?: AbortSignal,
): Promise<void> {
  const steps: Step[] = []
  write({
    add: (table, value) => void steps.push({ do: 'add', table, value }),
    put: (table, value) => void steps.push({ do: 'put', table, value }),
    delete: (table, key) => void steps.push({ do: 'delete', table, key }),
    clear: (table) => void steps.push({ do: 'clear', table }),
    check: (table, key, accept) =>
      void steps.push({ do: 'check', table, key, accept: accept as (found: unknown) => void }),
  })
  await database.write(durability, steps, signal)
}

/** Replaces a record with one computed from the record stored at the time of writing. */
export async function replaceRecord<T extends WrittenTable>(
  database: Database,
  table: T,
  key: string,
  change: (found: Value<T> | undefined) => Value<T>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const before = await database.get(table, key)
    try {
      await transact(database, 'relaxed', (writing) => {
        writing.check(table, key, (found) => {
          if (!isSame(found, before)) throw new CodedError('write-conflict', null)
        })
        writing.put(table, change(before))
      })
      return
    } catch (error) {
      if (attempt === ATTEMPTS || !isCodedError(error, 'write-conflict')) throw error
    }
  }
}

/** The schema types the tables; what comes back over a connection is untyped. */
function databaseOver(name: string, connection: Connection): Database {
  const one = async (request: ReadRequest): Promise<never> => (await connection.read([request]))[0] as never
  const each = (table: WrittenTable, keys: readonly IDBValidKey[]): Promise<never> =>
    keys.length === 0
      ? (Promise.resolve([]) as Promise<never>)
      : (connection.read(keys.map((key) => ({ table, ask: 'get', key }))) as Promise<never>)
  return {
    name,
    get: (table, key) => one({ table, ask: 'get', key }),
    getKey: (table, key) => one({ table, ask: 'getKey', key }),
    getAll: (table, key = null, limit) =>
      one({ table, ask: 'getAll', key, ...(limit === undefined ? {} : { limit }) }),
    getAllKeys: (table) => one({ table, ask: 'getAllKeys' }),
    getAllFromIndex: (table, index, key) => one({ table, ask: 'getAll', index, key }),
    getKeyFromIndex: (table, index, key) => one({ table, ask: 'getKey', index, key }),
    getAllKeysFromIndex: (table, index, key) => one({ table, ask: 'getAllKeys', index, key: key ?? null }),
    count: (table) => one({ table, ask: 'count' }),
    countFromIndex: (table, index, key) => one({ table, ask: 'count', index, key: key ?? null }),
    last: (table) => one({ table, ask: 'last' }),
    getEach: each,
    getBoth: ([table, key], [other, otherKey]) =>
      connection.read([
        { table, ask: 'get', key },
        { table: other, ask: 'get', key: otherKey },
      ]) as Promise<never>,
    getTables: (tables) =>
      connection.read(tables.map((table) => ({ table, ask: 'getAll' }))) as Promise<never>,
    put: (table, value) => connection.write('relaxed', [{ do: 'put', table, value }]),
    delete: (table, key) => connection.write('relaxed', [{ do: 'delete', table, key }]),
    write: (durability, steps, signal) => connection.write(durability, steps, signal),
    close: () => connection.close(),
  }
}
