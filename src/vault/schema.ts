/** The tables of a vault's database, and the types of what lies in them. */
import type { DBSchema, IDBPDatabase } from 'idb'
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
