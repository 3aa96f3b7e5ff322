/**
 * Where a ceremony is kept while it goes on: a database beside the vault's, of the same tables, so that a vault that is
 * made, locked or lost takes nothing of it along. Its lines are in the table of the journal, its files in that of lists.
 * Nothing in it is secret, and nothing authenticated: what proves it is what witnesses sign.
 */
import type { Bytes } from '../webcrypto/seal.ts'
import { openDatabase, transact } from './database.ts'
import type { Database } from './schema.ts'
import { concat, utf8, utf8Text } from '../octets.ts'

const NONE: Bytes = new Uint8Array(0)
const LINE_FEED = utf8('\n')

export interface CeremonyFile {
  readonly name: string
  readonly bytes: Uint8Array
}

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

  /** Keeps a first line and its files in the place of everything that was here, or changes nothing. */
  async begin(line: string, files: readonly CeremonyFile[]): Promise<void> {
    await transact(this.#database, 'strict', (writing) => {
      writing.clear('journal')
      writing.clear('lists')
      writing.put('journal', { id: 1, body: utf8(line), hash: NONE, mac: NONE })
      for (const { name, bytes } of files)
        writing.put('lists', { id: name, body: Uint8Array.from(bytes), mac: NONE })
    })
  }

  /**
   * Adds a line, and files with it, or neither; both are on the disk once this resolves. Rejects
   * with a ConstraintError if another tab has added that line.
   */
  async append(sequence: number, line: string, files: readonly CeremonyFile[] = []): Promise<void> {
    await transact(this.#database, 'strict', (writing) => {
      writing.add('journal', { id: sequence, body: utf8(line), hash: NONE, mac: NONE })
      for (const { name, bytes } of files)
        writing.put('lists', { id: name, body: Uint8Array.from(bytes), mac: NONE })
    })
  }

  /** Keeps files that no line speaks of. */
  async put(files: readonly CeremonyFile[]): Promise<void> {
    await transact(this.#database, 'strict', (writing) => {
      for (const { name, bytes } of files)
        writing.put('lists', { id: name, body: Uint8Array.from(bytes), mac: NONE })
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
