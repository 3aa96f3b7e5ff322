import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { LabView } from '../../../src/border/protocol/lab.ts'
import { ADA, createVault, hierarchy, issue, ownWorker, type TestWorker } from '../../support/worker.ts'
import { doAllRounds } from '../../support/rounds.ts'

doAllRounds()

// Keys in the lab: of the vault one signature at a time, of files until it locks, of a CA never.

const PASSWORD = 'lab-password'
const file = (name: string) => ({
  name,
  bytes: new Uint8Array(readFileSync(new URL(`../../fixtures/mtls/closed/${name}`, import.meta.url))),
})
const acts = async ({ client }: TestWorker): Promise<string[]> => {
  const { entries } = await client.call('journal.list', { offset: 0, limit: 100 })
  return entries.filter(({ act }) => act === 'handshake-signed').map(({ subject }) => subject)
}
const proved = ({ answer }: LabView): string | null | undefined => answer.client?.possession

async function tried(visibility: 'public' | 'sealed' = 'public') {
  const worker = ownWorker()
  await createVault(worker, visibility)
  const { rootId, intermediateId } = await hierarchy(worker)
  const names = ['api.example.com']
  const wish = { authorityId: intermediateId, profileId: 'tlsServer', commonName: 'api.example.com', names }
  const { certificateId } = await issue(worker, wish)
  const at = new Date(worker.clock.now)
  const take = (id: string) => worker.client.call('lab.take', { certificateId: id, as: null, at })
  return { worker, rootId, certificateId, take, view: await take(certificateId) }
}

test('a key of the vault proves one handshake, and the journal says so', async () => {
  const { worker, view } = await tried()
  expect(proved(view)).toBe('not-proved')
  expect(view.answer.ending).toBeNull()
  const after = await worker.client.call('lab.prove', { side: 'server', actor: ADA })
  expect(proved(after)).toBe('proved')
  expect(await acts(worker)).toEqual(['api.example.com'])
  // The next one is asked about again.
  expect(proved(await worker.client.call('lab.play', after.ends))).toBe('not-proved')
  expect(await acts(worker)).toHaveLength(1)
})

test('without a version in common nothing is signed, and nothing is journalled', async () => {
  const { worker, view } = await tried()
  const { client, server } = view.ends
  await worker.client.call('lab.play', {
    client: { ...client, versions: [0x0303] },
    server: { ...server, versions: [0x0304] },
  })
  await worker.client.call('lab.prove', { side: 'server', actor: ADA })
  expect(await acts(worker)).toEqual([])
})

test('the key of a CA never signs', async () => {
  const { worker, rootId, take } = await tried()
  const { certificateId } = (await worker.client.call('authority.list', null)).find(
    ({ id }) => id === rootId,
  )!
  await take(certificateId)
  await worker.client.call('lab.take', {
    certificateId,
    as: { side: 'server', what: 'sends' },
    at: new Date(),
  })
  await expect(worker.client.call('lab.prove', { side: 'server', actor: ADA })).rejects.toMatchObject({
    code: 'export-no-key',
  })
  expect(await acts(worker)).toEqual([])
})

test('a locked vault takes nothing and signs nothing', async () => {
  const { worker, certificateId, view } = await tried()
  await worker.client.call('vault.lock', null)
  await expect(worker.client.call('lab.prove', { side: 'server', actor: ADA })).rejects.toMatchObject({
    code: 'vault-locked',
  })
  const taking = { certificateId, as: null, at: new Date() }
  await expect(worker.client.call('lab.take', taking)).rejects.toMatchObject({ code: 'vault-locked' })
  const after = await worker.client.call('lab.play', view.ends)
  expect(after.ends).toEqual(view.ends)
})

test('what is sealed leaves the lab with the lock', async () => {
  const { worker, view } = await tried('sealed')
  expect(view.certificates.some(({ vault }) => vault?.hasKey === true)).toBe(true)
  await worker.client.call('vault.lock', null)
  const after = await worker.client.call('lab.play', view.ends)
  expect(after.certificates.every(({ vault }) => vault === null)).toBe(true)
  expect(after.certificates.map(({ name }) => name)).not.toContain('Example Issuing CA')
})

test.each([
  ['PKCS#12', ['server.p12']],
  ['an encrypted key, after its certificate', ['server.pem', 'server-key.pem']],
  ['an encrypted key, before its certificate', ['server-key.pem', 'server.pem']],
] as const)('%s is kept until its password is given, and its key until the lock', async (_what, names) => {
  const worker = ownWorker()
  await createVault(worker)
  const { client } = worker
  let view = await client.call('lab.ready', { id: 'connects', at: new Date(worker.clock.now) })
  for (const name of names) view = await client.call('lab.add', { files: [file(name)] })
  expect(view.locked).toHaveLength(1)
  const wrong = client.call('lab.unlock', { file: null, password: 'another' })
  await expect(wrong).rejects.toMatchObject({ code: 'container-password-wrong' })
  view = await client.call('lab.unlock', { file: null, password: PASSWORD })
  expect(view.locked).toEqual([])
  const { length } = view.certificates
  expect(view.certificates.at(-1)).toMatchObject({ name: 'api.example.com', hasKey: true })
  await client.call('vault.lock', null)
  view = await client.call('lab.play', view.ends)
  expect(view.certificates).toHaveLength(length)
  expect(view.certificates.at(-1)).toMatchObject({ hasKey: false })
  // What was drawn for the ready scenario belongs to nobody.
  expect(proved(view)).toBe('proved')
})

test('what is locked and not yet opened goes with the lock too', async () => {
  const worker = ownWorker()
  await createVault(worker)
  const { client } = worker
  await client.call('lab.ready', { id: 'connects', at: new Date(worker.clock.now) })
  const view = await client.call('lab.add', { files: [file('server.p12')] })
  await client.call('vault.lock', null)
  expect((await client.call('lab.play', view.ends)).locked).toEqual([])
})
