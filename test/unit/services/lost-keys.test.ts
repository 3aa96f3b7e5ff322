/** A key that others have is certified no more, whichever of its certificates was revoked for that, and whenever. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import {
  ADA,
  createVault,
  hierarchy,
  issue,
  prepareInput,
  startWorker,
  PASSPHRASE,
  type TestWorker,
} from '../../support/worker.ts'

let worker: TestWorker
let other: TestWorker
let rootId: string
let authorityId: string
let certificateId: string

beforeEach(async () => {
  worker = startWorker()
  await createVault(worker)
  ;({ rootId, intermediateId: authorityId } = await hierarchy(worker))
  certificateId = await ownId()
  other = startWorker(worker.name, worker.clock)
  await other.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
})
afterEach(() => {
  worker.close()
  other.close()
})

async function ownId(): Promise<string> {
  const all = await worker.client.call('authority.list', null)
  return all.find(({ id }) => id === authorityId)!.certificateId
}
const lose = (id: string, reason: 'cACompromise' | 'keyCompromise', { client } = other) =>
  client.call('revocation.revoke', { certificateId: id, reason, invalidityDate: null, actor: ADA })
const renewal = (id: string) =>
  worker.client.call('renewal.prepare', {
    ...{ certificateId: id, key: 'same', keyAlgorithm: null, authorityId: null, validity: null },
  })
const renew = ({ token, parts }: Awaited<ReturnType<typeof renewal>>) =>
  worker.client.call('renewal.sign', {
    token: token!,
    acknowledged: parts.flatMap(({ warnings }) => warnings),
    ...{ caKey: { kind: 'vault' }, endEntityKey: { kind: 'sealed' }, revokeFormer: false, actor: ADA },
  })
const issuing = () => {
  const wish = { authorityId, profileId: 'tlsServer', commonName: 'a.example.com', names: ['a.example.com'] }
  return worker.client.call('issue.prepare', prepareInput(wish))
}

describe('a renewal with the same key that was prepared before', () => {
  test('of a CA', async () => {
    const prepared = await renewal(certificateId)
    await lose(certificateId, 'cACompromise')
    await expect(renew(prepared)).rejects.toMatchObject({ code: 'renewal-of-lost-key' })
    expect((await issuing()).warnings).toContain('tier-revoked')
  })

  test('of an end entity', async () => {
    const wish = {
      authorityId,
      profileId: 'tlsServer',
      commonName: 'b.example.com',
      names: ['b.example.com'],
    }
    const leaf = await issue(worker, wish)
    const prepared = await renewal(leaf.certificateId)
    await lose(leaf.certificateId, 'keyCompromise')
    await expect(renew(prepared)).rejects.toMatchObject({ code: 'renewal-of-lost-key' })
  })
})

test('another certificate with the same public key is not made', async () => {
  const wish = { authorityId, profileId: 'tlsServer', commonName: 'b.example.com', names: ['b.example.com'] }
  const leaf = await issue(worker, wish)
  await lose(leaf.certificateId, 'keyCompromise')
  const { spki } = parseCertificate(leaf.der)
  await expect(
    worker.client.call('issue.prepare', {
      ...prepareInput({ ...wish, commonName: 'c.example.com', names: ['c.example.com'] }),
      key: { kind: 'spki', spki: spki.der.slice() },
    }),
  ).rejects.toMatchObject({ code: 'renewal-of-lost-key' })
})

test('a request for it is not certified, and no cross-certificate made', async () => {
  const asked = await worker.client.call('request.again', { certificateId })
  const { id: requestId } = await worker.client.call('request.make', {
    request: {
      profileId: asked.profileId,
      subject: asked.subject,
      subjectAltNames: [],
      signature: null,
      extensions: {},
    },
    key: { kind: 'kept', certificateId },
    keyKeeping: { kind: 'vault' },
    actor: ADA,
  })
  const { der: csr } = await worker.client.call('request.detail', { requestId })
  await lose(certificateId, 'cACompromise')
  const { token } = await worker.client.call('certify.read', {
    files: [{ name: 'a.csr', bytes: csr }],
    requestIds: [],
  })
  const choices = { token, authorityId: rootId, profileId: 'intermediate', validity: null, take: [] }
  const signed = await worker.client.call('certify.sign', {
    ...{ ...choices, chosen: [0], acknowledged: [], actor: ADA },
  })
  expect(signed).toMatchObject({ certified: [], failed: [{ failure: { code: 'renewal-of-lost-key' } }] })

  const { der } = await worker.client.call('certificate.detail', { certificateId })
  const constraints = {
    ...{ pathLen: 0, permitted: [], excluded: [], policies: [], inhibitAnyPolicy: null },
    ...{ requireExplicitPolicy: null, extKeyUsage: [] },
  }
  await expect(
    worker.client.call('cross.prepare', {
      ...{ authorityId: rootId, kind: 'certificate', der, constraints, validity: null },
    }),
  ).rejects.toMatchObject({ code: 'renewal-of-lost-key' })
})

test('an earlier certificate of the CA’s key tells it too: nothing is signed without an override', async () => {
  await renew(await renewal(certificateId))
  expect(await ownId()).not.toBe(certificateId)
  const before = await issuing()
  await lose(certificateId, 'cACompromise')
  const sign = ({ token, warnings }: Awaited<ReturnType<typeof issuing>>) =>
    worker.client.call('issue.sign', {
      ...{ token: token!, acknowledged: warnings, actor: ADA },
      ...{ caKey: { kind: 'vault' }, endEntityKey: { kind: 'sealed' } },
    })
  await expect(sign(before)).rejects.toMatchObject({ code: 'authority-revoked' })
  const again = await issuing()
  expect(again.findings).toContainEqual(
    expect.objectContaining({
      code: 'tier-revoked',
      detail: expect.objectContaining({ tier: 'Example Issuing CA', reason: 'cACompromise' }) as unknown,
    }),
  )
  await sign(again)
})
