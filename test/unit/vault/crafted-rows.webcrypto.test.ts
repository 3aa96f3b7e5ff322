/** Rows that another page has written into the database, of which structured cloning takes more than JSON does. */
import { beforeEach, describe, expect, test } from 'vitest'
import { makeBackup, openBackup, restoreBackup, summarizeBackup } from '../../../src/vault/backup.ts'
import { checkAll } from '../../../src/vault/check.ts'
import type { WrittenTable } from '../../../src/vault/schema.ts'
import { connectVault, createVault, PASSPHRASE, type TestVault } from '../../support/vault.ts'

let made: TestVault
beforeEach(async () => {
  made = await createVault()
  const { vault } = made
  const profile = { store: 'profiles', mode: 'add', id: 'one', value: { json: '{}', savedAt: 1 } } as const
  await vault.commit({ writes: [profile], entries: [], durability: 'relaxed' })
})

async function craft(table: WrittenTable, id: string, fields: object): Promise<void> {
  const { database } = made.vault
  const stored: object | undefined = await database.get(table, id)
  await database.put(table as 'meta', { ...stored, id, ...fields } as never)
}

const unlock = (passphrase = PASSPHRASE) => made.vault.unlock(passphrase, 'Ada')
const problems = async () => (await checkAll(await made.vault.requireOpen())).problems

/** It holds itself, and something that is in 2^60 places. */
function endless(): object {
  const self: Record<string, unknown> = { big: 10n, map: new Map([[1, 2]]) }
  self['self'] = self
  let many: unknown[] = []
  for (let i = 0; i < 60; i++) many = [many, many]
  return { self, many }
}

describe('the vault unlocks', () => {
  beforeEach(() => made.vault.lock('asked', 'Ada'))

  test.each([
    ['meta', 'head', { unique: ['x'] }],
    ['meta', 'head', { parent: new Uint8Array(3) }],
    ['profiles', 'one', { parent: [null] }],
    ['profiles', 'one', { unique: 7 }],
  ] as const)('where a row of %s, %s, has no text where one belongs: %j', async (table, id, fields) => {
    await craft(table, id, fields)
    await unlock()
    expect(await problems()).toContainEqual(expect.objectContaining({ store: table, id }))
  })

  test('where the header has fields that none has', async () => {
    const header = (await made.vault.header())!
    const slots = header.sealed.slots.map((slot) => ({ ...slot, ...endless() }))
    await craft('meta', 'vault', { ...endless(), sealed: { ...header.sealed, ...endless(), slots } })
    await expect(unlock('another passphrase')).rejects.toMatchObject({ code: 'passphrase-wrong' })
    await unlock()
    expect(await problems()).toEqual([])
  })

  test('where what was noted while it was locked is anything', async () => {
    await craft('meta', 'refusals', endless())
    await expect(unlock('another passphrase')).rejects.toMatchObject({ code: 'passphrase-wrong' })
    await unlock()
    expect(await problems()).toEqual([])
  })
})

test('a backup is made of rows with other fields, without these', async () => {
  for (const [table, id] of [
    ['meta', 'vault'],
    ['meta', 'refusals'],
    ['profiles', 'one'],
  ] as const)
    await craft(table, id, endless())
  const file = await makeBackup(await made.vault.requireOpen(), null, Date.UTC(2026, 10, 22))
  const content = await openBackup(file, PASSPHRASE)
  expect((await summarizeBackup(content, null)).problems).toEqual([])
  made = await connectVault()
  await restoreBackup(made.vault.database, content, { replace: false, at: 1, who: 'Ada', remark: '' })
  await unlock()
  expect(await problems()).toEqual([])
})
