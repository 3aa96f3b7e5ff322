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

const weak = (worthless?: { understood: true; vaultPassphrase: string }): EndEntityKeeping => ({
  ...{ kind: 'hand-out', format: 'pkcs8' },
  protection: { kind: 'encrypted', passphrase: 'a', ...(worthless && { worthless }) },
})
const journalled = async (which: string) =>
  (await worker.client.call('journal.list', { offset: 0, limit: 1000 })).entries.flatMap(({ act, remark }) =>
    act === which ? [remark] : [],
  )

test.each([
  ['with its certificate', issueOne],
  ['with a renewed certificate', renewOne],
  ['with those of a batch', issueMany],
] as const)('under a passphrase that is none, a new key leaves %s as if plain', async (_what, hand) => {
  await expect(hand(weak())).rejects.toMatchObject({ code: 'file-passphrase-worthless' })
  const wrong = { understood: true, vaultPassphrase: 'not the passphrase' } as const
  await expect(hand(weak(wrong))).rejects.toMatchObject({ code: 'passphrase-wrong' })
  expect((await heldKeys()).every((key) => key === 'sealed')).toBe(true)
  await hand(weak({ understood: true, vaultPassphrase: PASSPHRASE }))
  await hand(plain(PASSPHRASE))
  await hand(encrypted)
  const forms = (await journalled('key-handed-out')).map((remark) =>
    remark.split(' · ').slice(-2).join(' · '),
  )
  const kinds = ['pkcs8 · as good as plain', 'pkcs8 · encrypted', 'pkcs8 · plain']
  expect([...new Set(forms)].sort()).toEqual(kinds)
})

test('a kept key is exported under such a passphrase only as if plain', async () => {
  const { certificateId } = await issueOne({ kind: 'sealed' })
  const take = (worthless?: { understood: true; vaultPassphrase: string }) =>
    worker.client.call('certificate.export', {
      ...{ certificateId, what: 'pkcs12', format: 'der', includeRoot: false, actor: ADA },
      protection: { kind: 'encrypted', passphrase: 'Password1!', ...(worthless && { worthless }) },
    })
  await expect(take()).rejects.toMatchObject({ code: 'file-passphrase-worthless' })
  await take({ understood: true, vaultPassphrase: PASSPHRASE })
  const [remark] = await journalled('key-exported')
  expect(remark).toMatch(/pkcs12 · as good as plain$/)
})

test('no plain key leaves unless the call says that this is understood', async () => {
  const protection = { kind: 'plain', understood: false, vaultPassphrase: PASSPHRASE }
  const keeping = { kind: 'hand-out', format: 'pkcs8', protection } as unknown as EndEntityKeeping
  for (const hand of [issueOne, renewOne, issueMany])
    await expect(hand(keeping)).rejects.toMatchObject({ code: 'plain-key-not-understood' })
  expect((await heldKeys()).every((key) => key === 'sealed')).toBe(true)
})
