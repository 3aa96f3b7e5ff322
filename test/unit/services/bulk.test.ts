import { expect, test } from 'vitest'
import type { BulkAct } from '../../../src/border/protocol/bulk.ts'
import type { Progress } from '../../../src/border/views.ts'
import { ADA, createVault, hierarchy, issue, PASSPHRASE, startWorker } from '../../support/worker.ts'
import { batchOf } from '../../support/inputs.ts'

const REPLACE: BulkAct = { kind: 'replace', revokeFormer: true }

async function started(count: number) {
  const worker = startWorker()
  await createVault(worker)
  const { intermediateId, rootId } = await hierarchy(worker)
  const names = Array.from({ length: count }, (_, n) => `host-${n}.example.com`)
  await worker.client.call('batch.start', { ...batchOf(intermediateId, names), validity: null })
  worker.clock.now += 100 * 86_400_000
  await worker.client.call('vault.lock', null)
  await worker.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
  const rows = async () =>
    (await worker.client.call('certificate.list', { offset: 0, limit: 2000, authorityId: intermediateId }))
      .rows
  return { worker, intermediateId, rootId, rows }
}

test('a preview says of each what happens, what is left out and why; nothing is stored', async () => {
  const { worker, rows, intermediateId, rootId } = await started(5)
  const before = await rows()
  const [first, second] = before
  await worker.client.call('revocation.revoke', {
    ...{ certificateId: first!.id, reason: 'keyCompromise', invalidityDate: null, actor: ADA },
  })
  const authorities = await worker.client.call('authority.list', null)
  const cas = authorities.filter(({ id }) => [intermediateId, rootId].includes(id))
  const ids = [...before.map(({ id }) => id), second!.id, ...cas.map(({ certificateId }) => certificateId)]
  const plan = await worker.client.call('bulk.plan', {
    which: { ids },
    act: { kind: 'renew', revokeFormer: false },
  })
  expect(plan).toMatchObject({ total: 7, refused: 3 })
  expect(plan.ready).toEqual(before.slice(1).map(({ id }) => id))
  const codes = plan.items.map(({ refusal }) => refusal && 'code' in refusal && refusal.code)
  expect(codes.slice(0, 3).sort()).toEqual(['bulk-authority', 'bulk-authority', 'renewal-of-lost-key'])
  const item = plan.items.at(-1)!
  expect(item.until! > item.notAfter).toBe(true)
  expect((await rows()).length).toBe(before.length)
  worker.close()
})

test('says of every revoked issuer that it is, and which certificates wait for that to be accepted', async () => {
  const { worker, rootId, rows } = await started(2)
  const other = await issue(worker, {
    ...{ authorityId: rootId, profileId: 'intermediate', commonName: 'Other CA' },
  })
  const names = { authorityId: other.authorityId, profileId: 'tlsServer', commonName: 'c.example.com' }
  const third = await issue(worker, { ...names, names: ['c.example.com'] })
  const fourth = await issue(worker, { ...names, authorityId: rootId, names: ['c.example.com'] })
  const below = (await rows()).map(({ id }) => id)
  const which = { ids: [...below, third.certificateId, fourth.certificateId] }
  const preview = async () => (await worker.client.call('bulk.plan', { which, act: REPLACE })).warned
  expect(await preview()).toEqual([])
  for (const { id, certificateId } of await worker.client.call('authority.list', null)) {
    if (id === rootId) continue
    await worker.client.call('revocation.revoke', {
      ...{ certificateId, reason: 'cACompromise', invalidityDate: null, actor: ADA },
    })
  }
  const plan = await worker.client.call('bulk.plan', { which, act: REPLACE })
  expect(plan.ready).toEqual(which.ids)
  expect(plan.warned).toEqual([...below, third.certificateId])
  const tiers = plan.warnings.map(({ finding }) => finding.code === 'tier-revoked' && finding.detail.tier)
  expect(tiers).toEqual(['Example Issuing CA', 'Other CA'])
  const run = await worker.client.call('bulk.run', {
    ...{ ids: plan.ready, act: REPLACE, acknowledged: [], actor: ADA },
  })
  expect(run.done).toBe(1)
  expect(run.refused.map(({ id }) => id).sort()).toEqual([...plan.warned].sort())
  worker.close()
})

test('replaces hundreds in chunks, revokes the old ones, and says how far it is', async () => {
  const { worker, rows, intermediateId } = await started(300)
  const which = { query: { authorityId: intermediateId } }
  const plan = await worker.client.call('bulk.plan', { which, act: REPLACE })
  expect(plan.ready).toHaveLength(300)
  const progress: Progress[] = []
  const result = await worker.client.call(
    'bulk.run',
    { ids: plan.ready, act: REPLACE, acknowledged: [], actor: ADA },
    { onProgress: (step) => progress.push(step) },
  )
  expect(result).toMatchObject({ done: 300, refused: [], cancelled: false })
  const made = { ids: result.made, offset: 0, limit: 1000 }
  const found = await worker.client.call('certificate.list', made)
  expect([found.total, found.rows.every(({ status }) => status === 'good')]).toEqual([300, true])
  expect(progress.map(({ done }) => done)).toEqual([0, 250, 300])
  const after = await rows()
  expect(after.filter(({ status }) => status === 'good')).toHaveLength(300)
  expect(after.filter(({ revocation }) => revocation?.reason === 'superseded')).toHaveLength(300)
  const hosts = after.filter(({ status }) => status === 'good').map(({ commonName }) => commonName)
  expect(new Set(hosts).size).toBe(300)
  // All at once a second time: each has been renewed before.
  const again = await worker.client.call('bulk.run', {
    ids: plan.ready,
    act: REPLACE,
    acknowledged: [],
    actor: ADA,
  })
  expect(again.done).toBe(0)
  expect(again.refused).toHaveLength(200)
  expect((await worker.client.call('journal.verify', null)).problems).toEqual([])
  worker.close()
})

test('revokes many with one reason', async () => {
  const { worker, rows } = await started(3)
  const ids = (await rows()).map(({ id }) => id)
  const act: BulkAct = { kind: 'revoke', reason: 'cessationOfOperation' }
  const plan = await worker.client.call('bulk.plan', { which: { ids }, act })
  await worker.client.call('bulk.run', { ids: plan.ready, act, acknowledged: [], actor: ADA })
  expect((await rows()).map(({ revocation }) => revocation?.reason)).toEqual(Array(3).fill(act.reason))
  expect((await worker.client.call('bulk.plan', { which: { ids }, act })).refused).toBe(3)
  worker.close()
})

test('stops when it is cancelled; what was stored by then stays whole', async () => {
  const { worker, rows } = await started(300)
  const ids = (await rows()).map(({ id }) => id)
  const abort = new AbortController()
  const result = await worker.client.call(
    'bulk.run',
    { ids, act: REPLACE, acknowledged: [], actor: ADA },
    { signal: abort.signal, onProgress: ({ done }) => done > 0 && abort.abort() },
  )
  expect(result.cancelled).toBe(true)
  const after = await rows()
  expect(after.filter(({ status }) => status === 'revoked')).toHaveLength(result.done)
  expect(after).toHaveLength(300 + result.done)
  worker.close()
})

test('an issuer whose key is not open is found before anything is signed', async () => {
  const worker = startWorker()
  await createVault(worker)
  const passphrase = 'a phrase for this key alone'
  const root = await issue(worker, {
    ...{ profileId: 'root', commonName: 'Root', caKey: { kind: 'own-passphrase' as const, passphrase } },
  })
  const authorityId = root.authorityId!
  await worker.client.call('authority.unlock', { authorityId, passphrase, actor: ADA })
  const { certificateId } = await issue(worker, { authorityId, profileId: 'tlsClient', commonName: 'Ann' })
  await worker.client.call('vault.lock', null)
  await worker.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
  const plan = await worker.client.call('bulk.plan', { which: { ids: [certificateId] }, act: REPLACE })
  expect(plan).toMatchObject({ ready: [certificateId], closedSigners: [authorityId] })
  const run = worker.client.call('bulk.run', {
    ...{ ids: plan.ready, act: REPLACE, acknowledged: [], signers: plan.closedSigners, actor: ADA },
  })
  await expect(run).rejects.toMatchObject({ code: 'key-locked' })
  const { rows } = await worker.client.call('certificate.list', { offset: 0, limit: 10, authorityId })
  expect(rows.map(({ id, status }) => [id, status])).toContainEqual([certificateId, 'good'])
  await worker.client.call('authority.unlock', { authorityId, passphrase, actor: ADA })
  const ready = await worker.client.call('bulk.run', {
    ...{ ids: plan.ready, act: REPLACE, acknowledged: [], signers: plan.closedSigners, actor: ADA },
  })
  expect(ready).toMatchObject({ done: 1, refused: [], cancelled: false })
  worker.close()
})
