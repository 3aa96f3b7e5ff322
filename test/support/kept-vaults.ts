/** Vaults written by earlier builds, kept as files: how they are dumped and restored. */
import { openDatabase } from '../../src/vault/database.ts'
import { TABLES } from '../../src/vault/schema.ts'
import { MIGRATIONS } from '../../src/vault/migrations.ts'

/** Every row of every table of a database, as stored, and the database version. */
export interface Dump {
  version: number
  tables: Record<string, unknown[]>
}

/** The passphrases of the kept vaults and backups. */
export const KEPT = {
  passphrase: 'correct horse battery staple',
  recovery: 'put away in the safe, twice',
  ownKey: 'the offline root keeps its own',
  backup: 'only for the backup, nothing else',
  root: 'Kept Root',
  intermediate: 'Kept Issuing CA',
  leaf: 'kept.example',
  offlineRoot: 'Kept Offline Root',
} as const

const OCTETS = '$octets'

export async function dumpOf(name: string): Promise<Dump> {
  const database = await openDatabase(name)
  const names = [...TABLES, 'catalogue'] as const
  const rows = await database.getTables(names)
  const version = (await indexedDB.databases()).find((each) => each.name === name)!.version!
  database.close()
  return { version, tables: Object.fromEntries(names.map((table, index) => [table, rows[index]!])) }
}

/** Restores a dump into a database of this name, created like the build that wrote the dump. */
export async function putDump(name: string, { version, tables }: Dump): Promise<void> {
  const database = await openDatabase(name, MIGRATIONS.slice(0, version))
  for (const [table, rows] of Object.entries(tables))
    for (const row of rows) await database.put(table as 'meta', row as never)
  database.close()
}

export const textOf = (dump: Dump): string =>
  JSON.stringify(
    dump,
    (_key, value: unknown) =>
      value instanceof Uint8Array ? { [OCTETS]: Buffer.from(value).toString('base64') } : value,
    1,
  )

export const dumpIn = (text: string): Dump =>
  JSON.parse(text, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && OCTETS in value
      ? new Uint8Array(Buffer.from(String(value[OCTETS]), 'base64'))
      : value,
  ) as Dump
