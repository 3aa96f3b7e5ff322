/** The tables of a vault's database, and the types of what lies in them. */
import type { DBSchema } from 'idb'
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

export const TABLES = ['meta', ...STORES, 'journal'] as const
export type TableName = (typeof TABLES)[number]
export type WrittenTable = TableName | 'catalogue'

type Key<T extends WrittenTable> = Schema[T]['key']
type Value<T extends WrittenTable> = Schema[T]['value']
type Query<T extends WrittenTable> = Key<T> | IDBKeyRange | null
/** Tables that have indexes. */
type Indexed = 'certificates' | 'requests' | 'lists'
type IndexKey = IDBValidKey | IDBKeyRange

/** What is asked of a database is plain data: it is done here, or by the page for its worker. */
export interface ReadRequest {
  readonly table: WrittenTable
  readonly ask: 'get' | 'getKey' | 'getAll' | 'getAllKeys' | 'count' | 'last'
  readonly index?: string
  readonly key?: IDBValidKey | IDBKeyRange | null
  readonly limit?: number
}

/** At its place among the steps `check` is told what lies there: what it throws ends the transaction. */
export type Step =
  | {
      readonly do: 'add' | 'put'
      readonly table: WrittenTable
      readonly value: Schema[WrittenTable]['value']
    }
  | { readonly do: 'delete'; readonly table: WrittenTable; readonly key: string | number }
  | { readonly do: 'clear'; readonly table: WrittenTable }
  | {
      readonly do: 'check'
      readonly table: WrittenTable
      readonly key: string
      readonly judge: (found: unknown) => void
    }

export type Durability = 'strict' | 'relaxed'

/** A database as the vault sees it. Everything rejects with 'storage-*'. */
export interface Database {
  readonly name: string
  get<T extends WrittenTable>(table: T, key: Key<T>): Promise<Value<T> | undefined>
  getKey<T extends WrittenTable>(table: T, key: Key<T>): Promise<Key<T> | undefined>
  getAll<T extends WrittenTable>(table: T, query?: Query<T>, limit?: number): Promise<Value<T>[]>
  getAllKeys<T extends WrittenTable>(table: T): Promise<Key<T>[]>
  getAllFromIndex<T extends Indexed>(
    table: T,
    index: keyof Schema[T]['indexes'] & string,
    key: IndexKey,
  ): Promise<Value<T>[]>
  getKeyFromIndex<T extends Indexed>(
    table: T,
    index: keyof Schema[T]['indexes'] & string,
    key: IndexKey,
  ): Promise<Key<T> | undefined>
  getAllKeysFromIndex<T extends Indexed>(
    table: T,
    index: keyof Schema[T]['indexes'] & string,
    key?: IndexKey,
  ): Promise<Key<T>[]>
  count(table: WrittenTable): Promise<number>
  countFromIndex<T extends Indexed>(
    table: T,
    index: keyof Schema[T]['indexes'] & string,
    key?: IndexKey,
  ): Promise<number>
  /** The value with the greatest key. */
  last<T extends WrittenTable>(table: T): Promise<Value<T> | undefined>
  /** Those of one moment, in the order of the keys asked for. */
  getEach<T extends WrittenTable>(table: T, keys: readonly Key<T>[]): Promise<(Value<T> | undefined)[]>
  /** One value of each of two tables, of one moment: somebody may be writing. */
  getBoth<T extends WrittenTable, U extends WrittenTable>(
    one: readonly [T, Key<T>],
    other: readonly [U, Key<U>],
  ): Promise<[Value<T> | undefined, Value<U> | undefined]>
  /** All of those tables, of one moment. */
  getTables(tables: readonly WrittenTable[]): Promise<unknown[][]>
  put<T extends WrittenTable>(table: T, value: Value<T>): Promise<void>
  delete<T extends WrittenTable>(table: T, key: Key<T>): Promise<void>
  /** For transact(), which is what everything else writes with. */
  write(durability: Durability, steps: readonly Step[], signal?: AbortSignal): Promise<void>
  close(): void
}
