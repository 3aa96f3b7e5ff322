/** How the database reached its present form: one step per version, never changed once released. */
import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb'
import type { Schema } from './schema.ts'

type Upgrade = IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>
export type Migration = (database: IDBPDatabase<Schema>, transaction: Upgrade) => void

/** MIGRATIONS[n] leads from version n to n + 1. */
export const MIGRATIONS: readonly Migration[] = [
  (database) => {
    database.createObjectStore('meta', { keyPath: 'id' })
    database.createObjectStore('authorities', { keyPath: 'id' })
    database.createObjectStore('keys', { keyPath: 'id' })
    database.createObjectStore('endEntityKeys', { keyPath: 'id' })
    const certificates = database.createObjectStore('certificates', { keyPath: 'id' })
    certificates.createIndex('parent', 'parent')
    // A serial number is unique per authority (RFC 5280 §4.1.2.2); the database itself refuses a duplicate.
    certificates.createIndex('serial', ['parent', 'unique'], { unique: true })
    database.createObjectStore('profiles', { keyPath: 'id' })
    database.createObjectStore('journal', { keyPath: 'id' })
  },
  (database) => {
    const requests = database.createObjectStore('requests', { keyPath: 'id' })
    requests.createIndex('parent', 'parent')
    const lists = database.createObjectStore('lists', { keyPath: 'id' })
    lists.createIndex('parent', 'parent')
    database.createObjectStore('trustStores', { keyPath: 'id' })
  },
  (database) => {
    database.createObjectStore('catalogue', { keyPath: 'id' })
  },
  () => {
    // The schema is unchanged: from here on heads are sealed, which older pages cannot read. This number tells them so.
  },
]
