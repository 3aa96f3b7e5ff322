import { afterEach, beforeEach, expect, test } from 'vitest'
import type { In } from '../../../src/border/protocol.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import { testKey } from '../../support/authority.ts'
import { ADA, PASSPHRASE, createVault, hierarchy, issue, startWorker } from '../../support/worker.ts'
import type { TestWorker } from '../../support/worker.ts'

let worker: TestWorker
let ids: { rootId: string; intermediateId: string }
beforeEach(async () => {
  worker = startWorker()
  await createVault(worker)
  ids = await hierarchy(worker)
})
afterEach(() => {
  worker.close()
})

const make = (commonName: string, key: In<'request.make'>['key']) =>
  worker.client.call('request.make', {
    request: {
      profileId: 'intermediate',
      subject: [{ type: 'commonName', value: commonName }],
      subjectAltNames: [],
      signature: null,
      extensions: {},
    },
    key,
    keyKeeping: { kind: 'vault' },
    actor: ADA,
  })

async function keyFile(): Promise<In<'request.make'>['key']> {
  const { pkcs8 } = await testKey('p256')
  const bytes = new TextEncoder().encode(encodePem('PRIVATE KEY', pkcs8))
  return { kind: 'brought', file: { name: 'ca.key', bytes }, passphrase: '' }
}

/** Has another vault's root sign these requests, and imports the certificates. */
async function answered(requestIds: readonly string[]): Promise<string[]> {
  const other = startWorker()
  await createVault(other)
  const { rootId } = await hierarchy(other)
  const files = await Promise.all(
    requestIds.map(async (requestId) => ({
      name: `${requestId}.csr`,
      bytes: (await worker.client.call('request.detail', { requestId })).der,
    })),
  )
  const { token } = await other.client.call('certify.read', { files, requestIds: [] })
  const { certified } = await other.client.call('certify.sign', {
    token,
    authorityId: rootId,
    profileId: 'intermediate',
    validity: null,
    take: [],
    chosen: files.map((_file, index) => index),
    acknowledged: [],
    actor: ADA,
  })
  const answers = await Promise.all(
    certified.map(async ({ certificateId }) => {
      const { chain } = await other.client.call('certificate.detail', { certificateId })
      return chain.map((bytes, above) => ({ name: `${certificateId} ${String(above)}.der`, bytes }))
    }),
  )
  other.close()
  const read = await worker.client.call('answer.read', { files: answers.flat() })
  const chosen = read.items.map(({ index }) => index)
  const stored = await worker.client.call('answer.store', { token: read.token, chosen, actor: ADA })
  return stored.flatMap(({ authorityId, requestId }) => (requestId === null ? [] : (authorityId ?? [])))
}

test('a key that is brought for two requests is kept once, and goes with the last of them', async () => {
  const key = await keyFile()
  const first = await make('One', key)
  const second = await make('Two', key)
  const keys = () => worker.client.call('request.list', null).then((rows) => rows.map(({ key }) => key))
  expect(await keys()).toEqual(['vault', 'vault'])
  await worker.client.call('request.remove', { requestId: first.id, actor: ADA })
  // The other one is still pending, and can be completed.
  expect(await keys()).toEqual(['vault'])
  const [authorityId] = await answered([second.id])
  expect(await worker.client.call('authority.list', null)).toContainEqual(
    expect.objectContaining({ id: authorityId, key: 'vault', ready: true }),
  )
  expect((await worker.client.call('vault.check', null)).problems).toEqual([])
})

test('two CAs of one key: one’s key is not destroyed before the other was seen, and both lose it', async () => {
  const key = await keyFile()
  const requests = [await make('One', key), await make('Two', key)]
  const [one, two] = await answered(requests.map(({ id }) => id))
  const use = await worker.client.call('authority.keyUse', { authorityId: one! })
  const { commonName: oneName } = (await worker.client.call('authority.list', null)).find(
    ({ id }) => id === one,
  )!
  expect(use).toEqual({ requests: [], authorities: [{ id: two, name: oneName === 'One' ? 'Two' : 'One' }] })
  const destroy = (seen: readonly string[]) =>
    worker.client.call('authority.destroyKey', {
      authorityId: one!,
      typedName: oneName!,
      seen,
      vaultPassphrase: PASSPHRASE,
      actor: ADA,
    })
  await expect(destroy([])).rejects.toMatchObject({
    code: 'key-used-besides',
    detail: { names: [use.authorities[0]!.name] },
  })
  await destroy([two!])
  const after = (await worker.client.call('authority.list', null)).filter(({ id }) => [one, two].includes(id))
  expect(after.map(({ key, ready }) => ({ key, ready }))).toEqual(
    Array(2).fill({ key: 'destroyed', ready: false }),
  )
  const { rows } = await worker.client.call('certificate.list', { offset: 0, limit: 100 })
  const own = rows.filter(({ ownAuthorityId }) => [one, two].includes(ownAuthorityId!))
  expect(own.map(({ key }) => key)).toEqual(['destroyed', 'destroyed'])
  expect((await worker.client.call('vault.check', null)).problems).toEqual([])
})

test('a request that waits with the key of a CA is named before that is destroyed, and is left without', async () => {
  const { client } = worker
  const { certificateId } = (await client.call('authority.list', null)).find(
    ({ id }) => id === ids.intermediateId,
  )!
  const { id } = await make('Example Issuing CA', { kind: 'kept', certificateId })
  const destroy = (seen: readonly string[]) =>
    client.call('authority.destroyKey', {
      authorityId: ids.intermediateId,
      typedName: 'Example Issuing CA',
      seen,
      vaultPassphrase: PASSPHRASE,
      actor: ADA,
    })
  await expect(destroy([])).rejects.toMatchObject({ code: 'key-used-besides' })
  await destroy([id])
  expect(await client.call('request.list', null)).toMatchObject([{ id, key: null, answer: null }])
  const { entries } = await client.call('journal.list', { offset: 0, limit: 2 })
  expect(entries.map(({ act }) => act)).toEqual(['request-key-destroyed', 'authority-key-destroyed'])
  expect((await client.call('vault.check', null)).problems).toEqual([])
})

test('notes that another tab wrote meanwhile are not written over; a revocation between is kept', async () => {
  const wish = { authorityId: ids.intermediateId, profileId: 'tlsClient', commonName: 'Ann' }
  const { certificateId } = await issue(worker, wish)
  const other = startWorker(worker.name)
  await other.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
  const before = { tags: [], notes: '' }
  const note = ({ client }: TestWorker, notes: string, tags: readonly string[] = []) =>
    client.call('certificate.note', { certificateId, before, tags, notes, actor: ADA })
  await other.client.call('revocation.revoke', {
    certificateId,
    reason: 'superseded',
    invalidityDate: null,
    actor: ADA,
  })
  expect(await note(other, 'by the other')).toMatchObject({ notes: 'by the other', status: 'revoked' })
  await expect(note(worker, 'by this one')).rejects.toMatchObject({ code: 'notes-changed' })
  expect((await worker.client.call('certificate.detail', { certificateId })).row).toMatchObject({
    notes: 'by the other',
    status: 'revoked',
  })
  other.close()
})

test('two tabs that retire and note at once lose neither', async () => {
  const other = startWorker(worker.name)
  await other.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
  const { certificateId } = (await worker.client.call('authority.list', null)).find(
    ({ id }) => id === ids.intermediateId,
  )!
  const before = { tags: [], notes: '' }
  const noting = (one: TestWorker, notes: string) =>
    one.client.call('certificate.note', { certificateId, before, tags: [], notes, actor: ADA })
  const results = await Promise.allSettled([
    noting(worker, 'one'),
    noting(other, 'two'),
    other.client.call('authority.retire', { authorityId: ids.intermediateId, actor: ADA }),
  ])
  expect(results.filter(({ status }) => status === 'rejected')).toMatchObject([
    { reason: { code: 'notes-changed' } },
  ])
  expect((await worker.client.call('vault.check', null)).problems).toEqual([])
  other.close()
})

test('more or longer tags and notes than a search should read through are refused', async () => {
  const wish = { authorityId: ids.intermediateId, profileId: 'tlsClient', commonName: 'Ann' }
  const { certificateId } = await issue(worker, wish)
  const note = (tags: readonly string[], notes = '') =>
    worker.client.call('certificate.note', {
      certificateId,
      before: { tags: [], notes: '' },
      tags,
      notes,
      actor: ADA,
    })
  const refusal = (field: string, reason: string) => ({
    code: 'issue-field-invalid',
    detail: { field, reason },
  })
  const many = Array.from({ length: 51 }, (_, index) => `tag ${String(index)}`)
  await expect(note(many)).rejects.toMatchObject(refusal('tags', 'range'))
  await expect(note(['x'.repeat(61)])).rejects.toMatchObject(refusal('tags', 'too-long'))
  await expect(note([], 'x'.repeat(10_001))).rejects.toMatchObject(refusal('notes', 'too-long'))
  expect(await note(['a', 'a', 'b'], 'x'.repeat(10_000))).toMatchObject({ tags: ['a', 'b'] })
})
