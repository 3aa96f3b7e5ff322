import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { profileById, type Profile } from '../../../src/ca/profiles.ts'
import { issueRequest, prepareRequest } from '../../../src/ca/request.ts'
import { utf8String } from '../../../src/der/writer.ts'
import { noticesOf } from '../../../src/worker/requests/notices.ts'
import { REQUEST_ATTRIBUTE_OIDS } from '../../../src/x509/oids.ts'
import { fromBase64 } from '../../../src/x509/pem.ts'
import { parseRequest } from '../../../src/x509/request.ts'
import { request, testKey } from '../../support/authority.ts'
import { createVault, hierarchy, prepareInput, startWorker } from '../../support/worker.ts'

const FOLDER = new URL('../../fixtures/requests/', import.meta.url)
const fixture = (name: string): Uint8Array =>
  fromBase64(readFileSync(new URL(name, FOLDER), 'utf8').replace(/-----[^-]+-----|\s/g, ''))!

async function asking(profile: Profile, over: Parameters<typeof request>[1]): Promise<Uint8Array> {
  const key = await testKey('p256')
  const prepared = prepareRequest(profile, { ...request('www.example.com', over), key: key.spki })
  return (await issueRequest(prepared, key.signer)).der
}

test('more challenge passwords than one are told, in one attribute or in two', () => {
  const good = parseRequest(fixture('csr-good.pem'))
  const oid = REQUEST_ATTRIBUTE_OIDS.challengePassword
  const [one, two] = [utf8String('one'), utf8String('two')]
  const noticed = (...attributes: { oid: string; values: Uint8Array[] }[]) =>
    noticesOf({ ...good, attributes: [...good.attributes, ...attributes] })
  expect(noticed({ oid, values: [one] })).toEqual(noticesOf(good))
  const again = { kind: 'password-again', passwords: 2 }
  expect(noticed({ oid, values: [one, two] })).toContainEqual(again)
  expect(noticed({ oid, values: [one] }, { oid, values: [two] })).toContainEqual(again)
})

test('what cannot be read of a request nobody is said to have typed, and it is told in every place', async () => {
  const worker = startWorker()
  const { client } = worker
  await createVault(worker)
  const { intermediateId } = await hierarchy(worker)
  const der = fixture('csr-latin1-with-san.pem')
  const files = [{ name: 'latin1.csr', bytes: der }]
  const notice = expect.objectContaining({ kind: 'subject-no-text' }) as unknown
  const { requests } = await client.call('request.read', { files })
  expect(requests[0]!.notices).toContainEqual(notice)
  const { subject, subjectAltNames } = requests[0]!
  const input = prepareInput({ authorityId: intermediateId, profileId: 'tlsServer', commonName: '' })
  const prepared = await client.call('issue.prepare', {
    ...input,
    request: { ...input.request, subject, subjectAltNames },
    key: { kind: 'request', der, take: [], requestId: null },
  })
  const said = prepared.compared!.find(({ field }) => field === 'subject')
  expect([said?.verdict, said?.why]).toEqual(['changed', 'request'])
  const { token } = await client.call('certify.read', { files, requestIds: [] })
  await client.call('certify.keep', { token, chosen: [0], actor: { who: 'Ada' } })
  const [row] = await client.call('request.list', null)
  const detail = await client.call('request.detail', { requestId: row!.id })
  expect(detail.notices).toContainEqual(notice)
  worker.close()
})

test('nothing that the certificate has is said to be left out', async () => {
  const worker = startWorker()
  const { client } = worker
  await createVault(worker)
  const { rootId } = await hierarchy(worker)
  const LEFT_OUT = ['computed', 'issuer-decides', 'ca-only', 'not-in-profile']
  const long = { pathLen: 3, keyUsage: ['digitalSignature', 'keyCertSign', 'cRLSign'] as const }
  const asked = [
    await asking(profileById('intermediate')!, { extensions: long }),
    await asking(profileById('tlsServer')!, { extensions: { extKeyUsage: ['codeSigning'] } }),
  ]
  for (const bytes of asked)
    for (const profileId of ['intermediate', 'tlsServer', 'codeSigning', 'email']) {
      const files = [{ name: 'a.csr', bytes }]
      const { token } = await client.call('certify.read', { files, requestIds: [] })
      const choices = { token, authorityId: rootId, profileId, validity: null, take: [], chosen: [0] }
      const { previews, wanted } = await client.call('certify.preview', choices)
      const given = previews[0]!.fields.filter((each) => each.given !== null).map(({ field }) => field)
      const keyIdentifiers = ['subjectKeyIdentifier', 'authorityKeyIdentifier']
      const contradicted = wanted.filter(
        ({ field, refusal }) =>
          refusal !== null &&
          LEFT_OUT.includes(refusal) &&
          given.includes(field) &&
          !keyIdentifiers.includes(field),
      )
      expect(contradicted).toEqual([])
    }
  worker.close()
})
