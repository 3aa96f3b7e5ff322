/** What a folder or a list says against certificates, however it is arranged: no revocation is lost on the way. */
import { unzipSync } from 'fflate'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { InFile } from '../../../src/border/words.ts'
import { hexOf } from '../../../src/octets.ts'
import { rewritten } from '../../../src/services/files/rewritten.ts'
import { requireRecord } from '../../../src/vault/reading.ts'
import { responsesFile } from '../../../src/paper/responses.ts'
import { parseCertificateList } from '../../../src/x509/certificate-list.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import { callingName } from '../../../src/x509/calling-name.ts'
import { parseRequest } from '../../../src/x509/request.ts'
import type { CrlReason } from '../../../src/x509/revoked-entry.ts'
import * as drawn from '../../support/chain.ts'
import { drawList } from '../../support/revocation.ts'
import { connectVault, PASSPHRASE } from '../../support/vault.ts'
import { ADA, issue, LIST, openedToday, RESPONSES, type TestWorker } from '../../support/worker.ts'

let worker: TestWorker
beforeEach(async () => {
  worker = await openedToday()
})
afterEach(() => worker.close())

const DAY = 86_400_000
const at = (days: number) => new Date(Math.floor((worker.clock.now + days * DAY) / 1000) * 1000)
const numbered = (last: number) => ({ serialNumber: Uint8Array.of(0x10, last) })

const text = (name: string, content: string): InFile => ({ name, bytes: new TextEncoder().encode(content) })
const certificate = (name: string, { certificate: { der } }: drawn.Drawn): InFile => ({
  name,
  bytes: der.slice(),
})
const key = (name: string, { key: { pkcs8 } }: drawn.Drawn) => text(name, encodePem('PRIVATE KEY', pkcs8))

async function bring(...files: InFile[]) {
  const view = await worker.client.call('import.read', { files })
  const indices = view.authorities.map(({ index }) => index)
  const choice = { authorities: indices, certificatesOf: indices, others: true, requests: true }
  const { token } = view
  await worker.client.call('import.store', { token, choice, keyKeeping: { kind: 'vault' }, actor: ADA })
  return view
}

const dated = (date: Date): string => `${date.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`
const since = (reason = '') => `${dated(at(-3))}${reason && `,${reason}`}`
/** A line of index.txt. */
const line = ({ certificate: own }: drawn.Drawn, revocation: string | null = null): string =>
  [
    revocation === null ? 'V' : 'R',
    dated(own.notAfter),
    revocation ?? '',
    hexOf(own.serialNumber).toUpperCase(),
    'unknown',
    `/CN=${callingName(own)}\n`,
  ].join('\t')

async function statusOf(name: string): Promise<string> {
  const asked = { offset: 0, limit: 50, search: name }
  const { rows } = await worker.client.call('certificate.list', asked)
  return rows.find(({ commonName }) => commonName === name)!.status
}

/** Signs the next list of a CA; returns serial numbers and reasons. */
async function nextList(name: string): Promise<(string | null)[][]> {
  const all = await worker.client.call('authority.list', null)
  const { id: authorityId } = all.find(({ commonName }) => commonName === name)!
  const { lists } = await worker.client.call('list.sign', { ...LIST, authorityId })
  const { bytes } = await worker.client.call('list.file', { listId: lists[0]!.id })
  const entries = [...parseCertificateList(bytes).revokedCertificates]
  return entries.map(({ serialNumber, reasonCode }) => [hexOf(serialNumber), reasonCode])
}

async function scene() {
  const ca = await drawn.root({ subject: 'CN=Old CA' })
  const leaf = await drawn.endEntity(ca, { subject: 'CN=a.example.com', ...numbered(0) })
  const files = [certificate('ca/ca.der', ca), key('ca/ca.key', ca), certificate('ca/a.der', leaf)]
  return { ca, leaf, files }
}

async function idOf(name: string): Promise<string> {
  const { rows } = await worker.client.call('certificate.list', { offset: 0, limit: 50, search: name })
  return rows.find(({ commonName }) => commonName === name)!.id
}

test('the databases of two CAs that both count from the same number, one below the other', async () => {
  const top = await drawn.root({ subject: 'CN=Top' })
  const below = await drawn.intermediate(top, { subject: 'CN=Below', ...numbered(0) })
  const good = await drawn.endEntity(below, { subject: 'CN=good.example.com', ...numbered(0) })
  const bad = await drawn.endEntity(below, { subject: 'CN=bad.example.com', ...numbered(1) })
  const view = await bring(
    certificate('ca/certs/ca.der', top),
    key('ca/private/ca.key', top),
    text('ca/index.txt', line(below, since('CACompromise'))),
    certificate('ca/newcerts/1000.der', below),
    key('ca/intermediate/private/ca.key', below),
    certificate('ca/intermediate/certs/ca.der', below),
    text('ca/intermediate/index.txt', line(good) + line(bad, since('keyCompromise'))),
    certificate('ca/intermediate/newcerts/1000.der', good),
    certificate('ca/intermediate/newcerts/1001.der', bad),
  )
  expect(view.problems).toEqual([])
  expect(view.authorities.map(({ name, database }) => [name, database?.file])).toEqual([
    ['Top', 'ca/index.txt'],
    ['Below', 'ca/intermediate/index.txt'],
  ])
  const names = ['Below', 'good.example.com', 'bad.example.com']
  expect(await Promise.all(names.map(statusOf))).toEqual(['revoked', 'good', 'revoked'])
  expect(await nextList('Top')).toEqual([['1000', 'cACompromise']])
  expect(await nextList('Below')).toEqual([['1001', 'keyCompromise']])
})

test.each<[string, (leaf: drawn.Drawn) => InFile[], CrlReason | null]>([
  [
    'a second line for the same number',
    (leaf) => [text('ca/index.txt', line(leaf, since('keyCompromise')) + line(leaf))],
    'keyCompromise',
  ],
  [
    'two lines with different reasons',
    (leaf) => [text('ca/index.txt', line(leaf, since('keyCompromise')) + line(leaf, since()))],
    'keyCompromise',
  ],
  [
    'a reason that OpenSSL does not write',
    (leaf) => [text('ca/index.txt', line(leaf, since('privilegeWithdrawn')))],
    null,
  ],
  [
    'a remark in the first line',
    (leaf) => [text('ca/index.txt', `# ours\n${line(leaf, since('keyCompromise'))}`)],
    'keyCompromise',
  ],
  [
    'another database in the folder',
    (leaf) => [
      text('ca/index.txt', line(leaf, since('keyCompromise'))),
      text('ca/index-2024.txt', line(leaf)),
    ],
    'keyCompromise',
  ],
])('a database with %s', async (_what, databases, reason) => {
  const { leaf, files } = await scene()
  await bring(...files, ...databases(leaf))
  expect(await statusOf('a.example.com')).toBe('revoked')
  expect(await nextList('Old CA')).toEqual([['1000', reason]])
})

test('a database revokes what is on hold here', async () => {
  const { ca, leaf, files } = await scene()
  await bring(...files)
  const certificateId = await idOf('a.example.com')
  const hold = { certificateId, reason: 'certificateHold', invalidityDate: null, actor: ADA } as const
  await worker.client.call('revocation.revoke', hold)
  await bring(certificate('ca/ca.der', ca), text('ca/index.txt', line(leaf, since('keyCompromise'))))
  expect(await statusOf('a.example.com')).toBe('revoked')
  await expect(worker.client.call('revocation.release', { certificateId, actor: ADA })).rejects.toMatchObject(
    { code: 'revocation-not-on-hold' },
  )
  expect(await nextList('Old CA')).toEqual([['1000', 'keyCompromise']])
})

test('a later database does not make a revocation a hold', async () => {
  const { ca, leaf, files } = await scene()
  const [own, ownKey] = files
  await bring(own!, ownKey!, text('ca/index.txt', line(leaf, since('keyCompromise'))))
  await bring(certificate('ca/ca.der', ca), text('ca/index.txt', line(leaf, since('certificateHold'))))
  expect(await nextList('Old CA')).toEqual([['1000', 'keyCompromise']])
  // Nor is it lost when the certificate comes without a database.
  await bring(certificate('ca/a.der', leaf))
  expect(await statusOf('a.example.com')).toBe('revoked')
  expect(await nextList('Old CA')).toEqual([['1000', 'keyCompromise']])
})

test.each(['before', 'after'])(
  'a list revokes what comes %s it, whatever a later list says',
  async (when) => {
    const { ca, leaf, files } = await scene()
    const [own, ownKey, ofLeaf] = files
    const { serialNumber } = leaf.certificate
    const entry = { serialNumber, revocationDate: at(-4), reasonCode: 'keyCompromise' } as const
    const dates = { thisUpdate: at(-3), nextUpdate: at(20) }
    const list = await drawList(ca, { ...dates, number: 1, revoked: [entry] })
    const later = await drawList(ca, { ...dates, thisUpdate: at(-2), number: 2 })
    const lists = [list, later].map(({ der }, n) => ({ name: `${String(n)}.crl`, bytes: der.slice() }))
    await bring(own!, ownKey!, ...(when === 'before' ? [ofLeaf!] : []))
    await bring(...lists)
    if (when === 'after') await bring(ofLeaf!)
    expect(await statusOf('a.example.com')).toBe('revoked')
    expect(await nextList('Old CA')).toEqual([['1000', 'keyCompromise']])
    // Others have its key.
    await expect(
      worker.client.call('renewal.prepare', {
        certificateId: await idOf('a.example.com'),
        key: 'same',
        keyAlgorithm: null,
        authorityId: null,
        validity: null,
      }),
    ).rejects.toMatchObject({ code: 'renewal-of-lost-key' })
  },
)

/** A list that names these certificates, as a file. */
async function listOf(ca: drawn.Drawn, serialNumber: Uint8Array): Promise<InFile> {
  const entry = { serialNumber, revocationDate: at(-4), reasonCode: 'keyCompromise' } as const
  const drawing = { thisUpdate: at(-3), nextUpdate: at(20), number: 1, revoked: [entry] }
  return { name: 'old.crl', bytes: (await drawList(ca, drawing)).der.slice() }
}

test('no OCSP response calls good what a stored list revokes, even if its import was cancelled', async () => {
  const { ca, leaf, files } = await scene()
  await bring(...files)
  const { id: authorityId } = (await worker.client.call('authority.list', null))[0]!
  const profile = { profileId: 'ocspSigner', commonName: 'Responder' }
  const { certificateId: responderId } = await issue(worker, { authorityId, ...profile })
  const list = await listOf(ca, leaf.certificate.serialNumber)
  const { token, authorities } = await worker.client.call('import.read', { files: [list] })
  const indices = authorities.map(({ index }) => index)
  const choice = { authorities: indices, certificatesOf: indices, others: true, requests: true }
  const controller = new AbortController()
  const stored = { token, choice, keyKeeping: { kind: 'vault' }, actor: ADA } as const
  // As soon as the list is stored.
  const options = { signal: controller.signal, onProgress: () => controller.abort() }
  await worker.client.call('import.store', stored, options)
  const certificateIds = [await idOf('a.example.com')]
  const asked = { ...RESPONSES, authorityId, responderId, certificateIds }
  const signed = await worker.client.call('response.sign', asked)
  const entries = Object.entries(unzipSync(new Uint8Array(await responsesFile(signed).blob.arrayBuffer())))
  const responses = entries.filter(([name]) => !name.startsWith('publish')).map(([, octets]) => hexOf(octets))
  expect(responses.length).toBeGreaterThan(0)
  // CertStatus follows the serial number: [1] revoked.
  for (const response of responses) expect(response).toMatch(/02021000a1/)
})

test('no certificate is made again for the key of one that a stored list alone says is lost', async () => {
  const { ca, leaf, files } = await scene()
  await bring(...files)
  const list = await listOf(ca, leaf.certificate.serialNumber)
  const certificateId = await idOf('a.example.com')
  const renewing = { key: 'same', keyAlgorithm: null, authorityId: null, validity: null } as const
  const prepared = () => worker.client.call('renewal.prepare', { certificateId, ...renewing })
  await bring(list)
  // As a build left it that stored lists and nothing else.
  const { vault } = await connectVault(worker.name)
  await vault.unlock(PASSPHRASE, 'Ada')
  const read = await requireRecord(vault, 'certificates', certificateId)
  await vault.commit({
    writes: [rewritten(read, { status: 'good', revocation: null }, leaf.certificate)],
    entries: [vault.draft('certificate-noted', '', 'Ada', '')],
    basedOn: [read],
    durability: 'strict',
  })
  vault.close()
  expect(await statusOf('a.example.com')).toBe('good')
  const lost = { code: 'renewal-of-lost-key' }
  await expect(prepared()).rejects.toMatchObject(lost)
  const { items } = await worker.client.call('bulk.plan', {
    ...{ which: { ids: [certificateId] }, act: { kind: 'renew', revokeFormer: false } },
  })
  expect(items).toMatchObject([{ refusal: { kind: 'error', ...lost } }])
})

test('an answer that is on a stored list comes in revoked', async () => {
  const { ca, files } = await scene()
  await bring(files[0]!, await listOf(ca, Uint8Array.of(0x10, 9)))
  const request = {
    profileId: 'tlsServer',
    subject: [{ type: 'commonName', value: 'r.example.com' }],
    subjectAltNames: [{ kind: 'dNSName', value: 'r.example.com' }],
    validity: null,
    signature: null,
    extensions: {},
  } as const
  const row = await worker.client.call('request.make', {
    ...{ request, key: { kind: 'generate', algorithm: 'p256' }, keyKeeping: { kind: 'vault' }, actor: ADA },
  })
  const { der } = await worker.client.call('request.detail', { requestId: row.id })
  const { spki } = parseRequest(der)
  const own = { ...(await drawn.drawKey()), spki: spki.der.slice() }
  const answer = await drawn.endEntity(ca, { subject: 'CN=r.example.com', key: own, ...numbered(9) })
  const { token } = await worker.client.call('answer.read', { files: [certificate('r.der', answer)] })
  await worker.client.call('answer.store', { token, chosen: [0], actor: ADA })
  expect(await statusOf('r.example.com')).toBe('revoked')
})
