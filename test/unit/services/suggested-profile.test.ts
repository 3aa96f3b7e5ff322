import { expect, test } from 'vitest'
import { prepareRequest, issueRequest } from '../../../src/ca/request.ts'
import { profileById } from '../../../src/ca/profiles.ts'
import { wantedOf } from '../../../src/ca/request-wishes.ts'
import { suggestedProfile } from '../../../src/ca/suggested-profile.ts'
import { parseRequest } from '../../../src/x509/request.ts'
import { request, testKey } from '../../support/authority.ts'
import { ADA, createVault, hierarchy, startWorker } from '../../support/worker.ts'

async function asking(profileId: string, over: Parameters<typeof request>[1] = {}): Promise<Uint8Array> {
  const key = await testKey('p256')
  const prepared = prepareRequest(profileById(profileId)!, {
    ...request('www.example.com', over),
    key: key.spki,
  })
  return (await issueRequest(prepared, key.signer)).der
}

test.each(['intermediate', 'tlsServer', 'tlsClient', 'mtls', 'codeSigning', 'ocspSigner', 'timeStamping'])(
  'what asks to be %s is proposed as that',
  async (profileId) => {
    expect(suggestedProfile(parseRequest(await asking(profileId)))).toBe(profileId)
  },
)

test('a mailbox is proposed for mail, also where no purpose is asked for', async () => {
  const subjectAltNames = [{ kind: 'rfc822Name', value: 'ada@example.com' }] as const
  expect(suggestedProfile(parseRequest(await asking('email', { subjectAltNames })))).toBe('email')
  const unsaid = await asking('email', { subjectAltNames, extensions: { extKeyUsage: null } })
  expect(suggestedProfile(parseRequest(unsaid))).toBe('email')
})

test('a CA that asks to answer OCSP itself may be given the bit for it, and no other', async () => {
  const keyUsage = ['digitalSignature', 'keyEncipherment', 'keyCertSign', 'cRLSign'] as const
  const usageOf = (der: Uint8Array) =>
    wantedOf(profileById('intermediate')!, parseRequest(der)).find(({ field }) => field === 'keyUsage')
  expect(usageOf(await asking('intermediate', { extensions: { keyUsage } }))).toMatchObject({
    refusal: null,
    value: 'digitalSignature, keyCertSign, cRLSign',
  })
  expect(usageOf(await asking('intermediate'))).toMatchObject({ refusal: 'as-profile' })
})

test('a CA that is asked for is signed for as long as was chosen, and nothing given is said to be refused', async () => {
  const worker = startWorker()
  await createVault(worker)
  const { rootId } = await hierarchy(worker)
  const files = [{ name: 'ca.csr', bytes: await asking('intermediate') }]
  const { token, items } = await worker.client.call('certify.read', { files, requestIds: [] })
  const choices = {
    token,
    authorityId: rootId,
    profileId: items[0]!.suggested!,
    validity: { days: 30 },
    take: [],
    chosen: [0],
  }
  const { previews, wanted } = await worker.client.call('certify.preview', choices)
  const { notBefore, notAfter } = previews[0]!.validity!
  expect(Math.round((notAfter.getTime() - notBefore.getTime()) / 86_400_000)).toBe(30)
  expect(wanted.map(({ field }) => field)).not.toContain('keyUsage')
  const { certified } = await worker.client.call('certify.sign', { ...choices, acknowledged: [], actor: ADA })
  const { chain } = await worker.client.call('certificate.detail', {
    certificateId: certified[0]!.certificateId,
  })
  expect(chain).toHaveLength(2)
  worker.close()
})
