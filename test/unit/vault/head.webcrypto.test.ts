import { HEADER_VERSION } from '../../../src/vault/opening.ts'
import { describe, expect, test } from 'vitest'
import { sealRecord, readUnverified } from '../../../src/vault/records.ts'
import type { Header, StoredRecord } from '../../../src/vault/shapes.ts'
import { createVault, PASSPHRASE, type TestVault } from '../../support/vault.ts'

const stored = async ({ vault }: TestVault, id: 'head' | 'settings') =>
  (await vault.database.get('meta', id)) as StoredRecord & { id: 'head' | 'settings' }

const commit = ({ vault }: TestVault) =>
  vault.commit({
    entries: [vault.draft('profile-saved', 'Second Secret Root', 'Ada', '')],
    durability: 'strict',
  })

async function relocked(made: TestVault, meanwhile: () => Promise<unknown>): Promise<void> {
  await made.vault.lock('asked', 'Ada')
  await meanwhile()
  await made.vault.unlock(PASSPHRASE, 'Ada')
}

const other = { public: 'sealed', sealed: 'public' } as const

describe.each(['public', 'sealed'] as const)('a vault with %s names', (visibility) => {
  test('shows neither its head nor what a change added to a sum', async () => {
    const made = await createVault(visibility)
    const heads: StoredRecord[] = [await stored(made, 'head')]
    for (let count = 0; count < 3; count++) {
      await commit(made)
      heads.push(await stored(made, 'head'))
    }
    for (const head of heads) expect(readUnverified('head', head)).toBe(null)
    // The certificates did not change, so their mark is the same; all else differs.
    expect(new Set(heads.map(({ unique }) => unique)).size).toBe(1)
    expect(new Set(heads.map(({ body }) => body.join())).size).toBe(heads.length)
  })

  test('whose kind was turned round in the header opens as what it is, and takes nothing in', async () => {
    const made = await createVault(visibility)
    const header = (await made.vault.header())!
    await relocked(made, () => made.vault.database.put('meta', { ...header, visibility: other[visibility] }))
    const open = await made.vault.requireOpen()
    expect(open).toMatchObject({ visibility, isReadOnly: true })
    expect((await made.vault.state()).problems).toMatchObject([
      { store: 'meta', id: 'vault', kind: 'changed' },
    ])
    const before = await made.vault.database.count('journal')
    await expect(commit(made)).rejects.toMatchObject({ code: 'vault-read-only' })
    expect(await made.vault.database.count('journal')).toBe(before)
  })

  test.each([
    ['is gone', ({ vault }: TestVault) => vault.database.delete('meta', 'head')],
    [
      'was changed',
      async (made: TestVault) => {
        const head = await stored(made, 'head')
        return made.vault.database.put('meta', { ...head, body: head.body.map((octet) => octet ^ 1) })
      },
    ],
  ])('whose head %s opens for reading', async (_how, harm) => {
    const made = await createVault(visibility)
    await relocked(made, () => harm(made))
    expect((await made.vault.state()).problems).toMatchObject([{ store: 'meta', id: 'head', kind: 'head' }])
    await expect(commit(made)).rejects.toMatchObject({ code: 'vault-read-only' })
    await expect(made.vault.changeSettings({ idleMinutes: 1440 })).rejects.toMatchObject({
      code: 'vault-read-only',
    })
  })

  test('tells of settings of before, and of ones that are gone, and does not go by them', async () => {
    const made = await createVault(visibility)
    await made.vault.changeSettings({ idleMinutes: 1440 })
    const old = await stored(made, 'settings')
    await made.vault.changeSettings({ idleMinutes: 1 })
    await relocked(made, () => made.vault.database.put('meta', old))
    const changed = await made.vault.state()
    expect(changed.problems).toMatchObject([{ store: 'meta', id: 'settings', kind: 'changed' }])
    expect(changed.settings.idleMinutes).toBe(10)
    await relocked(made, () => made.vault.database.delete('meta', 'settings'))
    const gone = await made.vault.state()
    expect(gone.problems).toMatchObject([{ store: 'meta', id: 'settings', kind: 'missing' }])
    // Once set again, they are in force.
    await made.vault.changeSettings({ idleMinutes: 2 })
    await relocked(made, () => Promise.resolve())
    const { problems, settings } = await made.vault.state()
    expect(problems).toEqual([])
    expect(settings.idleMinutes).toBe(2)
  })
})

test('a vault of a later version is left alone, with a sentence', async () => {
  const made = await createVault()
  const header = (await made.vault.header())!
  await made.vault.lock('asked', 'Ada')
  await made.vault.database.put('meta', { ...header, version: HEADER_VERSION + 1 } as unknown as Header)
  await expect(made.vault.unlock(PASSPHRASE, 'Ada')).rejects.toMatchObject({
    code: 'storage-newer',
    detail: { found: HEADER_VERSION + 1, known: HEADER_VERSION },
  })
})

test('a record whose body is of a later form is not read as one of this', async () => {
  const made = await createVault()
  const { keys } = await made.vault.requireOpen()
  const { stored: record } = await sealRecord(
    keys,
    'public',
    { store: 'profiles', id: 'p' },
    { json: '{}', savedAt: 1 },
  )
  record.body[0] = 2
  expect(readUnverified('profiles', record)).toBe(null)
})
