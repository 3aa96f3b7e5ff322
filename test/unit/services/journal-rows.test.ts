import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../../src/vault/database.ts'
import type { Database } from '../../../src/vault/schema.ts'
import type { StoredRecord } from '../../../src/vault/shapes.ts'
import { ADA, createVault, hierarchy, issue, PASSPHRASE, startWorker } from '../../support/worker.ts'
import type { TestWorker } from '../../support/worker.ts'

// Rows of the journal that somebody else wrote into the storage, behind the last entry.

const HIGHEST = 2 ** 53 - 1

let worker: TestWorker
let rootId: string
let database: Database
let last: number
beforeEach(async () => {
  worker = startWorker()
  await createVault(worker)
  rootId = (await hierarchy(worker)).rootId
  database = await openDatabase(worker.name)
  last = (await database.last('journal'))!.id
})
afterEach(() => {
  database.close()
  worker.close()
})

const put = async (id: number): Promise<void> =>
  database.put('journal', { ...(await database.get('journal', last))!, id })
const list = async (limit = 100) => (await worker.client.call('journal.list', { offset: 0, limit })).entries
const unlock = () => worker.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
const sign = (commonName: string) =>
  issue(worker, { authorityId: rootId, profileId: 'tlsClient', commonName })

describe.each([
  ['the highest number', () => [HIGHEST]],
  ['the next number', () => [last + 1]],
  ['both, and one between', () => [last + 1, last + 10, HIGHEST]],
])('rows with %s', (_what, ids) => {
  test('stop nothing while the vault is open', async () => {
    const before = await list()
    for (const id of ids()) await put(id)
    expect(await list()).toEqual(before)
    expect((await worker.client.call('journal.verify', null)).problems).toHaveLength(ids().length)
    await sign('Ann')
    await worker.client.call('vault.lock', null)
    expect((await list())[0]).toMatchObject({ act: 'vault-locked' })
    expect(await unlock()).toMatchObject({ isReadOnly: false })
    await sign('Ben')
    expect((await worker.client.call('vault.check', null)).problems).toEqual([])
  })

  test('are told at unlocking and removed, and the vault goes on', async () => {
    await worker.client.call('vault.lock', null)
    last = (await database.last('journal'))!.id
    const before = await list()
    for (const id of ids()) await put(id)
    // While it is locked, nothing can be authenticated.
    expect(await list()).toEqual(before)
    const { isReadOnly, problems } = await unlock()
    expect(isReadOnly).toBe(false)
    expect(problems).toMatchObject(
      ids().map((id) => ({ store: 'journal', id: String(id), kind: 'unexpected' })),
    )
    const removed = (await list()).filter(({ act }) => act === 'journal-rows-removed')
    expect(removed).toMatchObject([{ subject: String(ids().length), who: ADA.who }])
    await sign('Ann')
    expect((await worker.client.call('vault.check', null)).problems).toEqual([])
  })
})

test('an entry of this vault behind the last one says that the head is an earlier one', async () => {
  const head = (await database.get('meta', 'head')) as StoredRecord
  await sign('Ann')
  await worker.client.call('vault.lock', null)
  await database.put('meta', { ...head, id: 'head' })
  expect(await unlock()).toMatchObject({ isReadOnly: true, problems: [{ store: 'meta', kind: 'head' }] })
  expect((await database.last('journal'))!.id).toBeGreaterThan(last)
})

test('a journal without its head is exported in time, whatever number a row has', async () => {
  await worker.client.call('vault.lock', null)
  await database.delete('meta', 'head')
  await put(HIGHEST)
  expect(await unlock()).toMatchObject({ isReadOnly: true })
  const { bytes } = await worker.client.call('journal.export', { actor: ADA })
  expect(new TextDecoder().decode(bytes).trimEnd().split('\n')).toHaveLength(last + 1)
})

test('the newest entries are listed where others are missing', async () => {
  await worker.client.call('vault.lock', null)
  const [newest] = await list(1)
  await database.delete('journal', 2)
  expect(await list(1)).toEqual([newest])
})
