/**
 * Where a ceremony is kept while it goes on: a database beside the vault's, of the same tables, so that a vault that is
 * made, locked or lost takes nothing of it along. Its lines are in the table of the journal, its files in that of lists.
 * Nothing in it is secret, and nothing authenticated: what proves it is what witnesses sign.
 */
import type { Bytes } from '../webcrypto/seal.ts'
import { openDatabase, transact } from './database.ts'
import type { Database } from './schema.ts'
import { concat, hexOf, utf8, utf8Text } from '../octets.ts'
import { digest } from '../webcrypto/signature.ts'

const NONE: Bytes = new Uint8Array(0)
const LINE_FEED = utf8('\n')

export interface CeremonyFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** `sha256`: in lower-case hex. */
export interface FileSum {
  readonly name: string
  readonly octets: number
  readonly sha256: string
}

const SUM = 32

/** A file has its SHA-256 in the place of the seal that records of a vault have. */
const rowsOf = (files: readonly CeremonyFile[]): Promise<{ id: string; body: Bytes; mac: Bytes }[]> =>
  Promise.all(
    files.map(async ({ name, bytes }) => {
      const body = Uint8Array.from(bytes)
      return { id: name, body, mac: Uint8Array.from(await digest('SHA-256', body)) }
    }),
  )

export class CeremonyStore {
  readonly #database: Database

  private constructor(database: Database) {
    this.#database = database
  }

  /** `vault`: the name of its database. Rejects with 'storage-*'. */
  static async open(vault: string): Promise<CeremonyStore> {
    return new CeremonyStore(await openDatabase(`${vault}-ceremony`))
  }

  /** The lines in their order; empty: no ceremony was begun here. */
  async lines(): Promise<string[]> {
    const rows = await this.#database.getAll('journal')
    return rows.map(({ body }) => utf8Text(body))
  }

  /** The same as they are kept, whatever they are, each with a line feed. */
  async octets(): Promise<Uint8Array> {
    const rows = await this.#database.getAll('journal')
    return concat(rows.flatMap(({ body }) => [body, LINE_FEED]))
  }

  async file(name: string): Promise<Uint8Array | null> {
    return (await this.#database.get('lists', name))?.body ?? null
  }

  async files(): Promise<CeremonyFile[]> {
    const rows = await this.#database.getAll('lists')
    return rows.map(({ id, body }) => ({ name: id, bytes: body }))
  }

  /** What each is compared with: its hash was computed when it was stored. */
  async sums(): Promise<FileSum[]> {
    const rows = await this.#database.getAll('lists')
    return Promise.all(
      rows.map(async ({ id, body, mac }) => ({
        ...{ name: id, octets: body.length },
        sha256: hexOf(mac.length === SUM ? mac : await digest('SHA-256', body)),
      })),
    )
  }

  /** Keeps a first line and its files in the place of everything that was here, or changes nothing. */
  async begin(line: string, files: readonly CeremonyFile[]): Promise<void> {
    const rows = await rowsOf(files)
    await transact(this.#database, 'strict', (writing) => {
      writing.clear('journal')
      writing.clear('lists')
      writing.put('journal', { id: 1, body: utf8(line), hash: NONE, mac: NONE })
      for (const row of rows) writing.put('lists', row)
    })
  }

  /**
   * Adds a line, and files with it, or neither; both are on the disk once this resolves. Rejects
   * with a ConstraintError if another tab has added that line.
   */
  async append(sequence: number, line: string, files: readonly CeremonyFile[] = []): Promise<void> {
    const rows = await rowsOf(files)
    await transact(this.#database, 'strict', (writing) => {
      writing.add('journal', { id: sequence, body: utf8(line), hash: NONE, mac: NONE })
      for (const row of rows) writing.put('lists', row)
    })
  }

  /** Keeps files that no line speaks of. */
  async put(files: readonly CeremonyFile[]): Promise<void> {
    const rows = await rowsOf(files)
    await transact(this.#database, 'strict', (writing) => {
      for (const row of rows) writing.put('lists', row)
    })
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    await transact(this.#database, 'strict', (writing) => {
      writing.clear('journal')
      writing.clear('lists')
    })
  }
}
