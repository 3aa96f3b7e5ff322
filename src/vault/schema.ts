/** The tables of a vault's database, and the types of their contents. */
import type { DBSchema } from 'idb'
import { STORES, type Header, type StoredEntry, type StoredRecord } from './shapes.ts'

/** Events while nothing could be sealed: failed attempts to unlock; journalled at the next unlock. */
export interface Refusals {
  id: 'refusals'
  count: number
  last: { at: number; who: string }[]
  /** Set when this vault was restored from a backup, which could not be journalled either. */
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
  /** Built from the certificates, and rebuilt when it does not match them: no backup holds it. */
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

/** Requests to a database are plain data: they run here, or in the page on behalf of its worker. */
export interface ReadRequest {
  readonly table: WrittenTable
  readonly ask: 'get' | 'getKey' | 'getAll' | 'getAllKeys' | 'count' | 'last'
  readonly index?: string
  readonly key?: IDBValidKey | IDBKeyRange | null
  readonly limit?: number
}

/** Among the steps, `check` is called with the stored value; throwing aborts the transaction. */
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
      readonly accept: (found: unknown) => void
    }

export type Durability = 'strict' | 'relaxed'

/** A database as the vault sees it. Every method rejects with 'storage-*'. */
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
  /** Values from one moment, in the order of the keys. */
  getEach<T extends WrittenTable>(table: T, keys: readonly Key<T>[]): Promise<(Value<T> | undefined)[]>
  /** One value from each of two tables, from the same moment: another tab may be writing. */
  getBoth<T extends WrittenTable, U extends WrittenTable>(
    one: readonly [T, Key<T>],
    other: readonly [U, Key<U>],
  ): Promise<[Value<T> | undefined, Value<U> | undefined]>
  /** Everything in those tables, from one moment. */
  getTables(tables: readonly WrittenTable[]): Promise<unknown[][]>
  put<T extends WrittenTable>(table: T, value: Value<T>): Promise<void>
  delete<T extends WrittenTable>(table: T, key: Key<T>): Promise<void>
  /** Used by transact(), through which everything else writes. */
  write(durability: Durability, steps: readonly Step[], signal?: AbortSignal): Promise<void>
  close(): void
}
