import { expect, test } from 'vitest'
import type { Client } from '../../../src/border/client.ts'
import type { CertificateFilter } from '../../../src/border/views.ts'
import { DAY } from '../../../src/time.ts'
import { ADA, createVault, PASSPHRASE, startWorker } from '../../support/worker.ts'

const samples = async () =>
  (await indexedDB.databases()).filter(({ name }) => name!.startsWith('rootcellar-sample-')).length

/** One of each thing that a CA's keeper meets. */
async function expectOneOfEach(client: Client): Promise<void> {
  const [older, root] = await client.call('authority.tree', null)
  expect([older, root].map((each) => each!.authority.commonName)).toEqual(['Sample Old Root', 'Sample Root'])
  expect(root!.children.map(({ authority }) => [authority.commonName, authority.key])).toEqual([
    ['Sample Lab CA', 'vault'],
    ['Sample Partner CA', 'elsewhere'],
    ['Sample People CA', 'vault'],
    ['Sample Servers CA', 'vault'],
  ])
  const found = async (filter: CertificateFilter): Promise<(string | null)[]> => {
    const { rows } = await client.call('certificate.list', { offset: 0, limit: 100, ...filter })
    return rows.map(({ commonName }) => commonName)
  }
  expect(await found({ state: 'revoked' })).toEqual(['lost.example.com'])
  expect(await found({ state: 'expired' })).toEqual(['old.example.com'])
  expect(await found({ within: 30 })).toEqual(['shop.example.com'])
  // The root's own certificate, and the one that the older root gave it.
  expect(await found({ search: 'Sample Root' })).toContain('Sample Root')
  expect((await found({})).filter((name) => name === 'Sample Root')).toHaveLength(2)
  const lists = await client.call('list.overview', null)
  const [list] = lists.flatMap(({ newest }) => newest ?? [])
  expect(list!.entries).toBe(1)
  expect(list!.nextUpdate!.getTime() - list!.thisUpdate.getTime()).toBe(DAY)
}

test('the sample is a vault of its own, says so, and is gone when it is left', async () => {
  const worker = startWorker()
  const { client } = worker
  await createVault(worker)
  const before = await samples()
  expect(await client.call('vault.enterSample', null)).toMatchObject({ kind: 'sample', state: 'unlocked' })
  await expectOneOfEach(client)
  expect((await client.call('vault.check', null)).problems).toEqual([])
  expect(await client.call('vault.leaveSample', null)).toMatchObject({ kind: 'main', state: 'locked' })
  expect(await samples()).toBe(before)
  await client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
  expect(await client.call('authority.list', null)).toEqual([])
  worker.close()
})

test('a sample that a closed tab left behind is removed, one that is in use stays', async () => {
  const [one, two] = [startWorker(), startWorker()]
  await one.client.call('vault.enterSample', null)
  const left = indexedDB.open('rootcellar-sample-left')
  await new Promise((resolve) => (left.onsuccess = resolve))
  left.result.close()
  await two.client.call('vault.enterSample', null)
  const names = (await indexedDB.databases()).map(({ name }) => name)
  expect(names).not.toContain('rootcellar-sample-left')
  expect(await one.client.call('vault.status', null)).toMatchObject({ kind: 'sample', state: 'unlocked' })
  expect(await one.client.call('authority.list', null)).toHaveLength(6)
  await one.client.call('vault.leaveSample', null)
  await two.client.call('vault.leaveSample', null)
  one.close()
  two.close()
})
