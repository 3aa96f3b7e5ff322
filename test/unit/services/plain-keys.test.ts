/** A private key is exported unencrypted only after the vault's passphrase is entered. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EndEntityKeeping } from '../../../src/border/words.ts'
import { batchOf } from '../../support/inputs.ts'
import {
  ADA,
  createVault,
  hierarchy,
  issue,
  PASSPHRASE,
  startWorker,
  type TestWorker,
} from '../../support/worker.ts'

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

const plain = (vaultPassphrase: string): EndEntityKeeping => ({
  ...{ kind: 'hand-out', format: 'pkcs8' },
  protection: { kind: 'plain', understood: true, vaultPassphrase },
})
const encrypted: EndEntityKeeping = {
  ...{ kind: 'hand-out', format: 'pkcs8' },
  protection: { kind: 'encrypted', passphrase: 'for the server' },
}

const server = { profileId: 'tlsServer', commonName: 'a.example.com', names: ['a.example.com'] }
const issueOne = (endEntityKey: EndEntityKeeping) => issue(worker, { authorityId, ...server, endEntityKey })

async function renewOne(endEntityKey: EndEntityKeeping) {
  const { client } = worker
  const { certificateId } = await issueOne({ kind: 'sealed' })
  const { token, parts } = await client.call('renewal.prepare', {
    ...{ certificateId, key: 'new', keyAlgorithm: null, authorityId: null, validity: null },
  })
  return client.call('renewal.sign', {
    ...{ token: token!, acknowledged: parts.flatMap(({ warnings }) => warnings) },
    ...{ caKey: { kind: 'vault' }, endEntityKey, revokeFormer: false, actor: ADA },
  })
}

const issueMany = (keys: EndEntityKeeping) =>
  worker.client.call('batch.start', { ...batchOf(authorityId, ['a.example.com', 'b.example.com']), keys })

const heldKeys = async () =>
  (await worker.client.call('certificate.list', { authorityId, offset: 0, limit: 10 })).rows.map(
    ({ key }) => key,
  )
const refusals = async () =>
  (await worker.client.call('journal.list', { offset: 0, limit: 1000 })).entries.flatMap(
    ({ act, subject }) => (act === 'passphrase-refused' ? [subject] : []),
  )

test.each([
  ['with its certificate', issueOne, 'a.example.com'],
  ['with a renewed certificate', renewOne, 'a.example.com'],
  ['with those of a batch', issueMany, 'Example Issuing CA'],
] as const)('a new key %s', async (_what, hand, subject) => {
  for (const wrong of ['', 'not the passphrase'])
    await expect(hand(plain(wrong))).rejects.toMatchObject({ code: 'passphrase-wrong' })
  expect((await heldKeys()).every((key) => key === 'sealed')).toBe(true)
  expect(await refusals()).toEqual([subject, subject])
  await hand(plain(PASSPHRASE))
  expect(await heldKeys()).toContain('handed-out')
  await hand(encrypted)
  expect(await refusals()).toHaveLength(2)
})
