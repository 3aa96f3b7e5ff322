import { expect, test } from 'vitest'
import { ADA, createVault, issue, prepareInput, startWorker } from '../../support/worker.ts'

const OWN = { kind: 'own-passphrase', passphrase: 'a passphrase of its own' } as const
const acts = (journal: { entries: readonly { act: string }[] }) => journal.entries.map(({ act }) => act)

async function expectCancelled(start: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
  const stop = new AbortController()
  const running = start(stop.signal)
  stop.abort()
  await expect(running).rejects.toMatchObject({ code: 'cancelled' })
}

test('a CA whose key gets a passphrase of its own is cancelled before anything is signed, and can be signed then', async () => {
  const worker = startWorker()
  const { client } = worker
  await createVault(worker)
  const prepared = await client.call(
    'issue.prepare',
    prepareInput({ profileId: 'root', commonName: 'Offline Root' }),
  )
  const input = {
    token: prepared.token!,
    acknowledged: prepared.warnings,
    caKey: OWN,
    endEntityKey: { kind: 'sealed' },
    actor: ADA,
  } as const
  await expectCancelled((signal) => client.call('issue.sign', input, { signal }))
  expect(await client.call('authority.list', null)).toEqual([])
  expect(acts(await client.call('journal.list', { offset: 0, limit: 5 }))).toEqual(['vault-created'])
  const { authorityId } = await client.call('issue.sign', input)
  await client.call('authority.unlock', {
    authorityId: authorityId!,
    passphrase: OWN.passphrase,
    actor: ADA,
  })
  expect(await client.call('authority.list', null)).toMatchObject([{ key: 'own-passphrase', ready: true }])
  worker.close()
})

test('so is one that is renewed with another key', async () => {
  const worker = startWorker()
  const { client } = worker
  await createVault(worker)
  const root = await issue(worker, { profileId: 'root', commonName: 'Example Root' })
  const prepared = await client.call('renewal.prepare', {
    certificateId: root.certificateId,
    key: 'new',
    keyAlgorithm: null,
    authorityId: null,
    validity: null,
  })
  const input = {
    token: prepared.token!,
    acknowledged: prepared.parts.flatMap(({ warnings }) => warnings),
    caKey: OWN,
    endEntityKey: { kind: 'sealed' },
    revokeFormer: false,
    actor: ADA,
  } as const
  await expectCancelled((signal) => client.call('renewal.sign', input, { signal }))
  expect(await client.call('authority.list', null)).toHaveLength(1)
  const { authorityId } = await client.call('renewal.sign', input)
  expect(await client.call('authority.list', null)).toContainEqual(
    expect.objectContaining({ id: authorityId, key: 'own-passphrase' }),
  )
  expect((await client.call('vault.check', null)).problems).toEqual([])
  worker.close()
})
