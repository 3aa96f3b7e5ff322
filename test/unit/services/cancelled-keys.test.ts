import { afterEach, beforeEach, expect, test } from 'vitest'
import { batchOf } from '../../support/inputs.ts'
import { ADA, createVault, hierarchy, issue, PASSPHRASE, startWorker } from '../../support/worker.ts'
import type { TestWorker } from '../../support/worker.ts'

// A cancel during a derivation: nothing is stored, destroyed or handed out after it.

const OWN = { kind: 'own-passphrase', passphrase: 'a passphrase of its own' } as const

let worker: TestWorker
let rootId: string
beforeEach(async () => {
  worker = startWorker()
  await createVault(worker)
  rootId = (await hierarchy(worker)).rootId
})
afterEach(() => {
  worker.close()
})

const newest = async () =>
  (await worker.client.call('journal.list', { offset: 0, limit: 1 })).entries.map(({ act }) => act)

/** Cancels `start` at once, or as soon as other calls were answered; nothing may be left of it. */
async function expectCancelled(start: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
  const before = await newest()
  for (const calls of [0, 1, 2]) {
    const stop = new AbortController()
    const running = start(stop.signal)
    for (let i = 0; i < calls; i++) await worker.client.call('vault.status', null)
    stop.abort()
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    // A step that goes on in the engine must not store anything later.
    await worker.client.call('vault.checkPassphrase', { passphrase: OWN.passphrase })
    expect(await newest()).toEqual(before)
  }
}

test('a request whose key gets a passphrase of its own', async () => {
  const input = {
    request: {
      profileId: 'intermediate',
      subject: [{ type: 'commonName', value: 'Ours' }],
      subjectAltNames: [],
      signature: null,
      extensions: {},
    },
    key: { kind: 'generate', algorithm: 'p256' },
    keyKeeping: OWN,
    actor: ADA,
  } as const
  await expectCancelled((signal) => worker.client.call('request.make', input, { signal }))
  expect(await worker.client.call('request.list', null)).toEqual([])
  await worker.client.call('request.make', input)
  expect(await worker.client.call('request.list', null)).toHaveLength(1)
})

test('the destruction of a key', async () => {
  const input = {
    authorityId: rootId,
    typedName: 'Example Root',
    seen: [],
    vaultPassphrase: PASSPHRASE,
    actor: ADA,
  }
  await expectCancelled((signal) => worker.client.call('authority.destroyKey', input, { signal }))
  await issue(worker, { authorityId: rootId, profileId: 'tlsClient', commonName: 'Ann' })
})

test('the export of a key without protection', async () => {
  const { certificateId } = await issue(worker, {
    authorityId: rootId,
    profileId: 'tlsClient',
    commonName: 'Ann',
  })
  const input = {
    certificateId,
    what: 'private-key',
    format: 'pem',
    protection: { kind: 'plain', understood: true, vaultPassphrase: PASSPHRASE },
    includeRoot: false,
    actor: ADA,
  } as const
  await expectCancelled((signal) => worker.client.call('certificate.export', input, { signal }))
})

test('a CA’s own key that is opened', async () => {
  const { authorityId } = await issue(worker, { profileId: 'root', commonName: 'Guarded', caKey: OWN })
  const input = { authorityId: authorityId!, passphrase: OWN.passphrase, actor: ADA }
  await expectCancelled((signal) => worker.client.call('authority.unlock', input, { signal }))
  const found = await worker.client.call('authority.list', null)
  expect(found.find(({ id }) => id === authorityId)).toMatchObject({ ready: false })
})

test('a batch whose keys are handed out without protection', async () => {
  const keys = {
    kind: 'hand-out',
    format: 'pkcs8',
    protection: { kind: 'plain', understood: true, vaultPassphrase: PASSPHRASE },
  } as const
  const input = { ...batchOf(rootId, ['a.example.com']), keys }
  await expectCancelled((signal) => worker.client.call('batch.start', input, { signal }))
})
