/** The addresses that a CA fills in for all it issues. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addressFault } from '../../../src/ca/addresses.ts'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import { isWellFormedValue } from '../../../src/vault/unverified.ts'
import { batchOf } from '../../support/inputs.ts'
import {
  ADA,
  createVault,
  hierarchy,
  issue,
  PASSPHRASE,
  prepareInput,
  startWorker,
  type TestWorker,
} from '../../support/worker.ts'

const ADDRESSES = {
  crl: ['http://pki.example.com/ca.crl'],
  ocsp: ['http://ocsp.example.com'],
  caIssuers: ['http://pki.example.com/ca.cer'],
}

let worker: TestWorker
let authorityId: string
beforeEach(async () => {
  worker = startWorker()
  await createVault(worker)
  ;({ intermediateId: authorityId } = await hierarchy(worker))
})
afterEach(() => {
  worker.close()
})

const set = (addresses: Partial<typeof ADDRESSES>) =>
  worker.client.call('authority.setAddresses', {
    ...{ authorityId, actor: ADA },
    addresses: { crl: [], ocsp: [], caIssuers: [], ...addresses },
  })
const server = { profileId: 'tlsServer', commonName: 'a.example.com', names: ['a.example.com'] }
async function addressesOf(certificateId: string): Promise<string[]> {
  const { der } = await worker.client.call('certificate.detail', { certificateId })
  const text = new TextDecoder('latin1').decode(parseCertificate(der).der)
  return Object.values(ADDRESSES)
    .flat()
    .filter((address) => text.includes(address))
}
const all = Object.values(ADDRESSES).flat()

test('they are in what is issued singly, in a batch and by renewing, and in nothing before', async () => {
  const before = await issue(worker, { authorityId, ...server })
  await set(ADDRESSES)
  expect(await addressesOf(before.certificateId)).toEqual([])
  expect(await addressesOf((await issue(worker, { authorityId, ...server })).certificateId)).toEqual(all)
  const batch = await worker.client.call('batch.start', batchOf(authorityId, ['b.example.com']))
  expect(batch.issued).toBe(1)
  const found = { search: 'b.example.com', sort: 'commonName', offset: 0, limit: 10 } as const
  const { ids } = await worker.client.call('inventory.ids', found)
  expect(await addressesOf(ids[0]!)).toEqual(all)
  const { token } = await worker.client.call('renewal.prepare', {
    ...{ certificateId: before.certificateId, key: 'same', keyAlgorithm: null },
    ...{ authorityId: null, validity: null },
  })
  const renewed = await worker.client.call('renewal.sign', {
    ...{ token: token!, acknowledged: [], caKey: { kind: 'vault' }, endEntityKey: { kind: 'sealed' } },
    ...{ revokeFormer: false, actor: ADA },
  })
  expect(await addressesOf(renewed.certificateId)).toEqual(all)
})

test('they are in what is certified of a request, and in a cross-certificate, which has none of its own', async () => {
  await set(ADDRESSES)
  const { id: requestId } = await worker.client.call('request.make', {
    request: {
      ...{ profileId: 'tlsServer', subject: [{ type: 'commonName', value: 'c.example.com' }] },
      subjectAltNames: [{ kind: 'dNSName', value: 'c.example.com' }],
      ...{ signature: null, extensions: {} },
    },
    key: { kind: 'generate', algorithm: 'p256' },
    ...{ keyKeeping: { kind: 'vault' }, actor: ADA },
  })
  const { der: csr } = await worker.client.call('request.detail', { requestId })
  const files = [{ name: 'a.csr', bytes: csr }]
  const { token } = await worker.client.call('certify.read', { files, requestIds: [] })
  const { certified } = await worker.client.call('certify.sign', {
    ...{ token, authorityId, profileId: 'tlsServer', validity: null, take: [] },
    ...{ chosen: [0], acknowledged: [], actor: ADA },
  })
  expect(await addressesOf(certified[0]!.certificateId)).toEqual(all)
  const other = await issue(worker, { authorityId: null, profileId: 'root', commonName: 'Other Root' })
  const cross = await worker.client.call('cross.prepare', {
    ...{ authorityId, kind: 'certificate', der: other.der, validity: null },
    constraints: {
      ...{ pathLen: 0, permitted: [], excluded: [], policies: [], inhibitAnyPolicy: null },
      ...{ requireExplicitPolicy: null, extKeyUsage: [] },
    },
  })
  const given = cross.part.fields
    .filter(({ from }) => from === 'setting')
    .map(({ value }) => value)
    .join()
  for (const address of all) expect(given).toContain(address)
})

test('a certificate that another CA renews gets the addresses of that one, where it has any', async () => {
  await set({ crl: ['http://former.example.com/ca.crl'], ocsp: ['http://former.example.com'] })
  const before = await issue(worker, { authorityId, ...server })
  const { rootId } = await hierarchy(worker)
  const renewedBy = async (signer: string) => {
    const { token, parts } = await worker.client.call('renewal.prepare', {
      ...{ certificateId: before.certificateId, key: 'same', keyAlgorithm: null },
      ...{ authorityId: signer, validity: null },
    })
    expect(token).not.toBeNull()
    return parts[0]!.fields.filter(({ field }) => /DistributionPoints|InfoAccess/.test(field))
  }
  expect((await renewedBy(rootId)).map(({ from }) => from)).toEqual(['former', 'former'])
  await worker.client.call('authority.setAddresses', {
    ...{ authorityId: rootId, actor: ADA, addresses: { ...ADDRESSES, ocsp: [], caIssuers: [] } },
  })
  const fields = await renewedBy(rootId)
  expect(fields.map(({ field, from }) => [field, from])).toEqual([
    ['authorityInfoAccess', 'former'],
    ['cRLDistributionPoints', 'setting'],
  ])
  expect(fields[1]!.value).toContain(ADDRESSES.crl[0])
  // The CA that signed it goes on with what was chosen then.
  expect((await renewedBy(authorityId)).map(({ from }) => from)).toEqual(['former', 'former'])
})

test('what was chosen for one certificate comes first, kind by kind; the review says where each is from', async () => {
  await set(ADDRESSES)
  const own = { authorityInfoAccess: { ocsp: ['http://other.example.com'], caIssuers: [] } }
  const input = prepareInput({ authorityId, ...server })
  const asked = { ...input, request: { ...input.request, extensions: own } }
  const { fields } = await worker.client.call('issue.prepare', asked)
  const field = (name: string) => fields.find((each) => each.field === name)
  expect(field('cRLDistributionPoints')?.from).toBe('setting')
  expect(field('authorityInfoAccess')?.from).toBe('operator')
  expect(field('authorityInfoAccess')?.value).toContain('http://other.example.com')
  expect(field('authorityInfoAccess')?.value).toContain('http://pki.example.com/ca.cer')
  const none = { ...input, request: { ...input.request, extensions: { cRLDistributionPoints: null } } }
  const without = await worker.client.call('issue.prepare', none)
  expect(without.fields.map((each) => each.field)).not.toContain('cRLDistributionPoints')
})

test('they outlast a lock, are journalled, and are taken away again', async () => {
  await set(ADDRESSES)
  await worker.client.call('vault.lock', null)
  await worker.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
  const stored = async () =>
    (await worker.client.call('authority.list', null)).find(({ id }) => id === authorityId)?.addresses
  expect(await stored()).toEqual(ADDRESSES)
  await set({})
  expect(await stored()).toBeNull()
  expect(await addressesOf((await issue(worker, { authorityId, ...server })).certificateId)).toEqual([])
})

test('a responder whose own revocation nobody asks about gets no list and no responder', async () => {
  await set(ADDRESSES)
  const made = await issue(worker, { authorityId, profileId: 'ocspSigner', commonName: 'Responder' })
  expect(await addressesOf(made.certificateId)).toEqual(ADDRESSES.caIssuers)
})

test('what is no address is refused, here and in a stored record', async () => {
  expect(addressFault('http://pki.example.com/ca.crl')).toBeNull()
  expect(addressFault('ldap:///CN=CA?certificateRevocationList')).toBeNull()
  expect(addressFault('pki.example.com/ca.crl')).toBe('not-an-address')
  expect(addressFault('javascript:alert(1)')).toBe('scheme')
  expect(addressFault('http:///ca.crl')).toBe('scheme')
  await expect(set({ crl: ['not an address'] })).rejects.toMatchObject({ code: 'issue-field-invalid' })
  const record = {
    parentId: null,
    certificateId: 'a',
    key: 'vault',
    keyId: null,
    createdAt: 1,
    retiredAt: null,
  }
  expect(isWellFormedValue('authorities', record)).toBe(true)
  expect(isWellFormedValue('authorities', { ...record, addresses: ADDRESSES })).toBe(true)
  expect(isWellFormedValue('authorities', { ...record, addresses: { crl: 'http://a.example' } })).toBe(false)
})
