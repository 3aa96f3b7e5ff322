import { expect, test } from 'vitest'
import { openDatabase } from '../../../src/vault/database.ts'
import { MIGRATIONS, type Migration } from '../../../src/vault/migrations.ts'
import { connectVault, createVault, PASSPHRASE } from '../../support/vault.ts'

const next: Migration = (database) => {
  database.createObjectStore('later' as 'meta', { keyPath: 'id' })
}

const versionOf = async (name: string): Promise<number | undefined> =>
  (await indexedDB.databases()).find((each) => each.name === name)?.version

test('a vault made by the first version is there, whole, after a migration', async () => {
  const made = await createVault()
  made.vault.close()
  const migrated = await openDatabase(made.name, [...MIGRATIONS, next])
  expect(await versionOf(made.name)).toBe(MIGRATIONS.length + 1)
  expect(await migrated.count('later' as 'meta')).toBe(0)
  expect(await migrated.get('meta', 'vault')).toMatchObject({ version: 2 })
  migrated.close()
})

test('each migration leads from one version to the next, whatever the vault started from', async () => {
  const name = 'migrations-step-by-step'
  for (let version = 1; version <= MIGRATIONS.length; version++) {
    const database = await openDatabase(name, MIGRATIONS.slice(0, version))
    expect(await versionOf(name)).toBe(version)
    database.close()
  }
  const { vault } = await connectVault(name)
  await vault.create({
    passphrase: PASSPHRASE,
    recoveryPassphrase: null,
    visibility: 'public',
    who: '',
    remark: '',
  })
  expect((await vault.state()).problems).toEqual([])
})

test('a database of a newer version is left alone, with a sentence', async () => {
  const made = await createVault()
  made.vault.close()
  ;(await openDatabase(made.name, [...MIGRATIONS, next])).close()
  await expect(openDatabase(made.name)).rejects.toMatchObject({
    code: 'storage-newer',
    detail: { found: MIGRATIONS.length + 1, known: MIGRATIONS.length },
  })
})

test('a newer version of the page in another tab can migrate while this one is open', async () => {
  const made = await createVault()
  const migrated = await openDatabase(made.name, [...MIGRATIONS, next])
  const entries = [made.vault.draft('profile-saved', '', 'Ada', '')]
  await expect(made.vault.commit({ entries, durability: 'strict' })).rejects.toMatchObject({
    code: 'storage-blocked',
  })
  migrated.close()
})
