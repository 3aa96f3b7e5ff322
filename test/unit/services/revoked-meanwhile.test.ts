import { afterEach, beforeEach, expect, test } from 'vitest'
import { unzipSync } from 'fflate'
import { responsesFile } from '../../../src/paper/responses.ts'
import { parseOcspResponse } from '../../../src/x509/ocsp.ts'
import { batchOf } from '../../support/inputs.ts'
import {
  ADA,
  hierarchy,
  issue,
  LIST,
  openedToday,
  PASSPHRASE,
  RESPONSES,
  startWorker,
  type TestWorker,
} from '../../support/worker.ts'

// Another tab revokes a certificate between the reading and the storing of what is signed.

let worker: TestWorker
let other: TestWorker
let authorityId: string
let certificateIds: string[]
beforeEach(async () => {
  worker = await openedToday()
  ;({ intermediateId: authorityId } = await hierarchy(worker))
  other = startWorker(worker.name, worker.clock)
  await other.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
  const names = Array.from({ length: 120 }, (_, n) => `host-${String(n)}.example.com`)
  await worker.client.call('batch.start', batchOf(authorityId, names))
  const { rows } = await worker.client.call('certificate.list', { authorityId, offset: 0, limit: 200 })
  certificateIds = rows.map(({ id }) => id)
})
afterEach(() => {
  other.close()
  worker.close()
})

/** Returns a listener for progress that does this in the other tab, once, and what came of it. */
function meanwhile(act: () => Promise<unknown>) {
  let done: Promise<unknown> | null = null
  return {
    onProgress: () => {
      done ??= act()
    },
    ended: () => done ?? Promise.reject(new Error('there was no progress')),
  }
}

const revoke = () =>
  other.client.call('revocation.revoke', {
    certificateId: certificateIds[0]!,
    reason: 'keyCompromise',
    invalidityDate: null,
    actor: ADA,
  })
const acts = async () => {
  const { entries } = await worker.client.call('journal.list', { offset: 0, limit: 5 })
  return entries.map(({ act }) => act)
}

test('lists that were stored after a revocation have it', async () => {
  const { onProgress, ended } = meanwhile(revoke)
  const { lists } = await worker.client.call('list.sign', { ...LIST, authorityId, count: 40 }, { onProgress })
  await ended()
  expect(await acts()).toContain('certificate-revoked')
  expect(new Set(lists.map(({ entries }) => entries))).toEqual(new Set([1]))
  // Those signed first were stored nowhere.
  expect((await worker.client.call('list.all', { authorityId })).lists).toHaveLength(lists.length)
})

test('responses that were stored after a revocation say so', async () => {
  const responder = { authorityId, profileId: 'ocspSigner', commonName: 'Responder' }
  const { certificateId: responderId } = await issue(worker, responder)
  const { onProgress, ended } = meanwhile(revoke)
  const input = { ...RESPONSES, authorityId, responderId, certificateIds }
  const signed = await worker.client.call('response.sign', input, { onProgress })
  await ended()
  const files = unzipSync(new Uint8Array(await responsesFile(signed).blob.arrayBuffer()))
  const responses = Object.entries(files).filter(([name]) => !name.startsWith('publish.'))
  const revoked = responses.filter(([, der]) =>
    parseOcspResponse(der).basic!.responses.some(({ certStatus }) => certStatus.status === 'revoked'),
  )
  expect(responses.length % certificateIds.length).toBe(0)
  expect(revoked).toHaveLength(responses.length / certificateIds.length)
})

test('a certificate that was issued meanwhile keeps no list from being stored', async () => {
  const { onProgress, ended } = meanwhile(() =>
    other.client.call('batch.start', batchOf(authorityId, ['another.example.com'])),
  )
  const { lists } = await worker.client.call('list.sign', { ...LIST, authorityId, count: 40 }, { onProgress })
  await ended()
  expect(new Set(lists.map(({ entries }) => entries))).toEqual(new Set([0]))
})
