import { afterEach, beforeEach, expect, test } from 'vitest'
import { issueRequest, prepareRequest } from '../../../src/ca/request.ts'
import { profileById } from '../../../src/ca/profiles.ts'
import { issued, request, testKey } from '../../support/authority.ts'
import {
  ADA,
  createVault,
  hierarchy,
  prepareInput,
  startWorker,
  type TestWorker,
} from '../../support/worker.ts'

// A double click, or two calls at the same moment: what was prepared or read is signed or stored by one of them.

let worker: TestWorker
let authorityId: string
beforeEach(async () => {
  worker = startWorker()
  await createVault(worker)
  authorityId = (await hierarchy(worker)).intermediateId
})
afterEach(() => {
  worker.close()
})

/** Makes the same call three times at once; returns the codes of those that were refused. */
async function thrice(call: () => Promise<unknown>): Promise<unknown[]> {
  const ended = await Promise.allSettled([call(), call(), call()])
  return ended.flatMap((each) =>
    each.status === 'rejected' ? [(each.reason as { code: unknown }).code] : [],
  )
}
const certificates = async (): Promise<number> =>
  (await worker.client.call('certificate.list', { authorityId, offset: 0, limit: 1 })).total
const acts = async (act: string): Promise<number> =>
  (await worker.client.call('journal.list', { offset: 0, limit: 100 })).entries.filter(
    (entry) => entry.act === act,
  ).length

async function foreignRequest(commonName: string): Promise<{ name: string; bytes: Uint8Array }> {
  const key = await testKey('p256')
  const prepared = prepareRequest(profileById('tlsServer')!, { ...request(commonName), key: key.spki })
  return { name: 'a.csr', bytes: (await issueRequest(prepared, key.signer)).der }
}

const files = async () => [await foreignRequest('a.example.com')]

test('one prepared certificate is signed once', async () => {
  const { token } = await worker.client.call(
    'issue.prepare',
    prepareInput({
      authorityId,
      profileId: 'tlsServer',
      commonName: 'a.example.com',
      names: ['a.example.com'],
    }),
  )
  const refused = await thrice(() =>
    worker.client.call('issue.sign', {
      ...{ token: token!, acknowledged: [], actor: ADA },
      ...{ caKey: { kind: 'vault' }, endEntityKey: { kind: 'sealed' } },
    }),
  )
  expect(refused).toHaveLength(2)
  expect(await certificates()).toBe(1)
})

test('requests that were read are certified once', async () => {
  const { token } = await worker.client.call('certify.read', { files: await files(), requestIds: [] })
  const choices = { token, authorityId, profileId: 'tlsServer', validity: null, take: [] }
  const input = { ...choices, chosen: [0], acknowledged: [], actor: ADA }
  expect(await thrice(() => worker.client.call('certify.sign', input))).toEqual([
    'already-running',
    'already-running',
  ])
  expect(await certificates()).toBe(1)
  // One that was certified is not certified again, and another is.
  expect(await worker.client.call('certify.sign', input)).toMatchObject({ certified: [] })
  expect(await certificates()).toBe(1)
})

test('requests that are certified while others are read do not count as those', async () => {
  const { token } = await worker.client.call('certify.read', { files: await files(), requestIds: [] })
  const choices = { authorityId, profileId: 'tlsServer', validity: null, take: [] }
  const input = { ...choices, chosen: [0], acknowledged: [], actor: ADA }
  const first = worker.client.call('certify.sign', { ...input, token })
  const read = await worker.client.call('certify.read', {
    files: [await foreignRequest('b.example.com')],
    requestIds: [],
  })
  await first
  expect(await worker.client.call('certify.sign', { ...input, token: read.token })).toMatchObject({
    certified: [{ name: 'b.example.com' }],
  })
})

test('requests are kept once', async () => {
  const { token } = await worker.client.call('certify.read', { files: await files(), requestIds: [] })
  const refused = await thrice(() => worker.client.call('certify.keep', { token, chosen: [0], actor: ADA }))
  expect(refused).toEqual(['already-running', 'already-running'])
  expect(await worker.client.call('request.list', null)).toHaveLength(1)
})

test('answers are stored once', async () => {
  const { der } = (await issued('root', request('Outside Root'), null)).certificate
  const read = await worker.client.call('answer.read', { files: [{ name: 'a.crt', bytes: der }] })
  const input = { token: read.token, chosen: [0], actor: ADA }
  expect(await thrice(() => worker.client.call('answer.store', input))).toEqual([
    'already-running',
    'already-running',
  ])
  expect(await acts('authority-adopted')).toBe(1)
  await expect(worker.client.call('answer.store', input)).rejects.toMatchObject({ code: 'answer-unknown' })
})

test('files are brought in once', async () => {
  const { der } = (await issued('root', request('Outside Root'), null)).certificate
  const view = await worker.client.call('import.read', { files: [{ name: 'a.crt', bytes: der }] })
  const input = {
    token: view.token,
    choice: {
      authorities: view.authorities.map(({ index }) => index),
      certificatesOf: [],
      others: false,
      requests: false,
    },
    keyKeeping: { kind: 'vault' },
    actor: ADA,
  } as const
  const refused = await thrice(() => worker.client.call('import.store', input))
  expect(refused).toEqual(['already-running', 'already-running'])
  const named = (await worker.client.call('authority.list', null)).filter(
    ({ commonName }) => commonName === 'Outside Root',
  )
  expect([view.authorities.length, named.length]).toEqual([1, 1])
})
