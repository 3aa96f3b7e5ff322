import { expect, test } from 'vitest'
import { ADA, createVault, PASSPHRASE, startWorker } from '../../support/worker.ts'

const samples = async () =>
  (await indexedDB.databases()).filter(({ name }) => name!.startsWith('rootcellar-sample-')).length

test('the sample is a vault of its own, says so, and is gone when it is left', async () => {
  const worker = startWorker()
  const { client } = worker
  await createVault(worker)
  const before = await samples()
  expect(await client.call('vault.enterSample', null)).toMatchObject({ kind: 'sample', state: 'unlocked' })
  const [root] = await client.call('authority.tree', null)
  expect(root!.authority.commonName).toBe('Sample Root')
  expect(root!.children.map(({ authority }) => authority.commonName)).toEqual([
    'Sample People CA',
    'Sample Servers CA',
  ])
  expect((await client.call('certificate.list', { offset: 0, limit: 100 })).total).toBe(7)
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
  expect(await one.client.call('authority.list', null)).toHaveLength(3)
  await one.client.call('vault.leaveSample', null)
  await two.client.call('vault.leaveSample', null)
  one.close()
  two.close()
})
