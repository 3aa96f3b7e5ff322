import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openDatabase, transact } from '../../../src/vault/database.ts'
import { TABLES, type WrittenTable } from '../../../src/vault/schema.ts'
import { dumpIn, KEPT, putDump, type Dump } from '../../support/kept-vaults.ts'
import { rememberDerivations } from '../../support/rounds.ts'
import { freshName } from '../../support/vault.ts'
import { ADA, ownWorker, type TestWorker } from '../../support/worker.ts'

rememberDerivations()

// A failing disk, or anyone with access to the storage, damages the records of one table of a locked vault.

const VAULT = join(import.meta.dirname, '../../fixtures/vaults/format-2')
const TODAY = { now: Date.UTC(2026, 11, 1) }
const keptDump = (visibility: string): Dump => dumpIn(readFileSync(join(VAULT, `${visibility}.json`), 'utf8'))

type Spoil = (row: object, at: number) => object

const SPOILT: [string, Spoil][] = [
  ['nothing but its id', (row) => ({ id: (row as { id: unknown }).id })],
  ['a body of another type', (row) => ({ ...row, body: 'text' })],
  ['an empty body', (row) => ({ ...row, body: new Uint8Array(0) })],
  [
    'a body that says open and is none',
    (row) => ({ ...row, body: Uint8Array.of(0, 0xff, 0xff, 0xff, 0xff) }),
  ],
  ['a body that says sealed and is none', (row) => ({ ...row, body: Uint8Array.of(1, 2, 3) })],
  ['no MAC', (row) => ({ ...row, mac: null })],
  ['numbers where there is text', (row, at) => ({ ...row, parent: at, unique: at, hash: at })],
]
const INTO_EACH: Spoil = (row, at) => SPOILT[at % SPOILT.length]![1](row, at)

async function spoilt(visibility: string, table: WrittenTable, how: Spoil): Promise<TestWorker> {
  const name = freshName()
  await putDump(name, keptDump(visibility))
  const database = await openDatabase(name)
  const rows = (await database.getAll(table)).filter(({ id }) => id !== 'vault')
  // Records that the vault never wrote are there as well.
  const planted = SPOILT.map((_, at) => ({ id: table === 'journal' ? 10_000 + at : `planted ${String(at)}` }))
  await transact(database, 'relaxed', (writing) => {
    for (const [at, row] of [...rows, ...planted].entries()) writing.put(table, how(row, at) as never)
  })
  database.close()
  const worker = ownWorker(name, { ...TODAY })
  return worker
}

/** The page has a field for the passphrase, the vault opens, and a backup can be exported and restored. */
async function expectWaysOut({ client }: TestWorker, visibility: string): Promise<void> {
  expect(await client.call('vault.status', null)).toMatchObject({ state: 'locked', who: '' })
  const unlocking = { passphrase: KEPT.passphrase, actor: ADA }
  expect(await client.call('vault.unlock', unlocking)).toMatchObject({ state: 'unlocked' })
  expect(await client.call('vault.status', null)).toMatchObject({ state: 'unlocked' })
  const made = await client.call('vault.backup', { passphrase: null, actor: ADA })
  const opening = { file: made.file.bytes, passphrase: KEPT.passphrase }
  expect(await client.call('vault.checkBackup', opening)).toHaveProperty('vaultCreatedAt')
  await client.call('vault.lock', null)
  const restored = await client.call('vault.restore', {
    file: new Uint8Array(readFileSync(join(VAULT, `${visibility}-vault.backup`))),
    passphrase: KEPT.passphrase,
    replace: true,
    actor: ADA,
  })
  expect(restored.status).toMatchObject({ state: 'unlocked', problems: [], idleMinutes: 23 })
  expect((await client.call('vault.check', null)).problems).toEqual([])
}

describe.each(['public', 'sealed'])(
  'a spoilt vault with %s names says its state, unlocks, is backed up and restored',
  (visibility) => {
    test.each(SPOILT)('where head and settings have %s', async (_what, how) => {
      await expectWaysOut(await spoilt(visibility, 'meta', how), visibility)
    })

    test.each([...TABLES, 'catalogue'] as const)('where every record of %s is spoilt', async (table) => {
      await expectWaysOut(await spoilt(visibility, table, INTO_EACH), visibility)
    })
  },
)
