/** A connection to one database of this thread's own storage, reopened if the browser has closed it. */
import { openDB, unwrap } from 'idb'
import { CodedError, isCodedError } from '../errors.ts'
import { MIGRATIONS, type Migration } from './migrations.ts'
import { runReads, runSteps } from './requests.ts'
import {
  TABLES,
  type Durability,
  type ReadRequest,
  type Schema,
  type Step,
  type WrittenTable,
} from './schema.ts'

/** The interface through which a database is accessed. */
export interface Connection {
  /** Reads everything in one transaction. */
  read(requests: readonly ReadRequest[]): Promise<unknown[]>
  /**
   * Writes all steps or none; resolves once the transaction is complete. `signal` aborts it, also while it waits for
   * others.
   */
  write(durability: Durability, steps: readonly Step[], signal?: AbortSignal): Promise<void>
  close(): void
}

const WRITTEN: WrittenTable[] = [...TABLES, 'catalogue']

export class OwnConnection implements Connection {
  readonly #name: string
  readonly #migrations: readonly Migration[]
  /** Null once the browser has closed it: Chromium does so when the disk is full. */
  #opened: IDBDatabase | null = null
  /** Closed for good: by us, or because another tab upgrades or deletes the database. */
  #isOver = false

  private constructor(name: string, migrations: readonly Migration[]) {
    this.#name = name
    this.#migrations = migrations
  }

  /** Opens the database, creating or upgrading it. Rejects with 'storage-*'. */
  static async open(name: string, migrations: readonly Migration[] = MIGRATIONS): Promise<OwnConnection> {
    const connection = new OwnConnection(name, migrations)
    await connection.#open()
    return connection
  }

  async read(requests: readonly ReadRequest[]): Promise<unknown[]> {
    const tables = [...new Set(requests.map(({ table }) => table))]
    try {
      return await this.#within(tables, 'readonly', 'relaxed', (transaction) =>
        runReads(transaction, requests),
      )
    } catch (error) {
      throw storageError(error)
    }
  }

  async write(durability: Durability, steps: readonly Step[], signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    try {
      await this.#within(WRITTEN, 'readwrite', durability, (transaction) =>
        runSteps(transaction, steps, signal),
      )
    } catch (error) {
      // The caller knows which of its constraints was violated.
      throw isConstraint(error) || signal?.aborted ? error : storageError(error)
    }
  }

  close(): void {
    this.#isOver = true
    this.#opened?.close()
  }

  async #within<T>(
    tables: readonly WrittenTable[],
    mode: IDBTransactionMode,
    durability: Durability,
    work: (transaction: IDBTransaction) => Promise<T>,
  ): Promise<T> {
    const begin = (database: IDBDatabase): Promise<T> =>
      work(database.transaction(tables, mode, { durability }))
    const database = this.#opened ?? (await this.#open())
    try {
      // Within one step: a transaction ends when no request is pending.
      return await begin(database)
    } catch (error) {
      if (this.#isOver || !isClosed(error)) throw error
      if (this.#opened === database) this.#opened = null
      return begin(this.#opened ?? (await this.#open()))
    }
  }

  async #open(): Promise<IDBDatabase> {
    if (this.#isOver) throw new CodedError('storage-blocked', null)
    const migrations = this.#migrations
    try {
      const database = unwrap(
        await openDB<Schema>(this.#name, migrations.length, {
          upgrade(upgrading, from, _to, transaction) {
            for (const migrate of migrations.slice(from)) migrate(upgrading, transaction)
          },
          // A newer version of this page in another tab, or the deletion of the database, must not wait for us.
          blocking: () => this.close(),
          terminated: () => (this.#opened = null),
        }),
      )
      this.#opened = database
      return database
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'VersionError') throw storageError(error)
      const found = (await indexedDB.databases()).find(({ name }) => name === this.#name)?.version ?? 0
      throw new CodedError('storage-newer', { found, known: migrations.length }, { cause: error })
    }
  }
}

/** Classifies a failed request: storage full, closed under us, or else not available. */
export function storageError(error: unknown): Error {
  if (isCodedError(error)) return error
  if (!(error instanceof DOMException)) return error instanceof Error ? error : new Error(String(error))
  if (isFull(error)) return new CodedError('storage-full', null, { cause: error })
  if (error.name === 'InvalidStateError') return new CodedError('storage-blocked', null, { cause: error })
  // WebKitGTK ends a transaction that does not fit on the disk this way, without a reason.
  if (error.name === 'AbortError')
    return new CodedError('storage-unavailable', { reason: '' }, { cause: error })
  return new CodedError('storage-unavailable', { reason: error.message || error.name }, { cause: error })
}

export const isConstraint = (error: unknown): error is DOMException =>
  error instanceof DOMException && error.name === 'ConstraintError'

/** Quota or disk exceeded: Chromium has no error name for a full disk, but its message says it. */
function isFull({ name, message }: DOMException): boolean {
  return (
    name === 'QuotaExceededError' || /NO_SPACE|no space|disk is full|database or disk is full/i.test(message)
  )
}

/** Thrown when a transaction is about to begin, before any request was made. */
const isClosed = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'InvalidStateError'
