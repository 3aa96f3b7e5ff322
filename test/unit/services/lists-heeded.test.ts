/** What lists from elsewhere say against a CA here counts, whatever form they have. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { InFile } from '../../../src/border/words.ts'
import { parseCertificateList } from '../../../src/x509/certificate-list.ts'
import type { GeneralName } from '../../../src/x509/general-name.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import { hexOf } from '../../../src/octets.ts'
import * as drawn from '../../support/chain.ts'
import { drawList, type ListDrawing } from '../../support/revocation.ts'
import { ADA, LIST, openedToday, PASSPHRASE, prepareInput, type TestWorker } from '../../support/worker.ts'

let worker: TestWorker
const HOUR = 3_600_000
beforeEach(async () => {
  worker = await openedToday()
  // In the middle of a day: an hour later is the same one.
  worker.clock.now += 2 * 24 * HOUR - (worker.clock.now % (24 * HOUR)) + 9 * HOUR
})
afterEach(() => {
  worker.close()
})

const at = (hours: number): Date => new Date(Math.floor((worker.clock.now + hours * HOUR) / 1000) * 1000)
const file = (name: string, bytes: Uint8Array): InFile => ({ name, bytes: bytes.slice() })
const keyFile = (name: string, { key }: drawn.Drawn): InFile =>
  file(name, new TextEncoder().encode(encodePem('PRIVATE KEY', key.pkcs8)))
const named = ({ certificate }: drawn.Drawn): GeneralName[] => [
  { kind: 'directoryName', name: certificate.subject },
]

/** Stores all of it; returns how many lists that were. */
async function bring(...files: InFile[]): Promise<number> {
  const { token, authorities } = await worker.client.call('import.read', { files })
  const indices = authorities.map(({ index }) => index)
  const choice = { authorities: indices, certificatesOf: indices, others: true, requests: true }
  const input = { token, choice, keyKeeping: { kind: 'vault' }, actor: ADA } as const
  return (await worker.client.call('import.store', input)).lists
}

const list = async (signer: drawn.Drawn, drawing: ListDrawing): Promise<InFile> =>
  file('some.crl', (await drawList(signer, { thisUpdate: at(-1), nextUpdate: at(240), ...drawing })).der)

type Entry = NonNullable<ListDrawing['revoked']>[number]
const entry = ({ certificate: { serialNumber } }: drawn.Drawn, more: object = {}): Entry => ({
  serialNumber,
  reasonCode: 'keyCompromise',
  ...more,
})
const held = (ca: drawn.Drawn, more: object = {}): Entry =>
  entry(ca, { reasonCode: 'certificateHold', ...more })

async function scene(extensions: object = {}): Promise<{ root: drawn.Drawn; sub: drawn.Drawn }> {
  const root = await drawn.root({ subject: 'CN=Outer Root', pathLen: 3 })
  const sub = await drawn.intermediate(root, { subject: 'CN=Our CA', extensions })
  await bring(
    file('root.der', root.certificate.der),
    file('sub.der', sub.certificate.der),
    keyFile('sub.key', sub),
  )
  return { root, sub }
}

/** What is said when it is about to issue. */
async function against(): Promise<string[]> {
  const all = await worker.client.call('authority.list', null)
  const { id, against } = all.find(({ commonName }) => commonName === 'Our CA')!
  const names = ['a.example.com']
  const wish = { authorityId: id, profileId: 'tlsServer', commonName: names[0]!, names }
  const { warnings } = await worker.client.call('issue.prepare', prepareInput(wish))
  const codes = against.map(({ code }) => code)
  expect(warnings.filter((code) => code.startsWith('tier-'))).toEqual(codes)
  return codes
}

test('an entry that names its issuer, on an indirect list of that issuer', async () => {
  const { root, sub } = await scene()
  const other = await drawn.root({ subject: 'CN=Another' })
  const revoked = [
    entry(other, { serialNumber: Uint8Array.of(9), certificateIssuer: named(other) }),
    entry(sub, { certificateIssuer: named(root) }),
  ]
  await bring(await list(root, { scope: { indirectCRL: true }, revoked }))
  expect(await against()).toEqual(['tier-revoked'])
})

test('an entry after one that names another issuer is of that other issuer', async () => {
  const { root, sub } = await scene()
  const other = await drawn.root({ subject: 'CN=Another' })
  const revoked = [
    entry(other, { serialNumber: Uint8Array.of(9), certificateIssuer: named(other) }),
    entry(sub),
  ]
  await bring(await list(root, { scope: { indirectCRL: true }, revoked }))
  expect(await against()).toEqual([])
})

test.each([
  ['a revocation', entry, 'tier-revoked'],
  ['a hold', held, 'tier-on-hold'],
])('%s on the indirect list of a CA that cRLIssuer writes in other letters', async (_what, said, code) => {
  const root = await drawn.root({ subject: 'CN=Outer Root', pathLen: 3 })
  const lister = await drawn.intermediate(root, { subject: 'CN=LIST  CA' })
  const asWritten = await drawn.intermediate(root, { subject: 'CN=List CA' })
  const point = { fullName: null, nameRelativeToCRLIssuer: null, reasons: null, cRLIssuer: named(asWritten) }
  const extensions = { cRLDistributionPoints: [point] }
  const sub = await drawn.intermediate(root, { subject: 'CN=Our CA', extensions })
  const files = [root, lister, sub].map(({ certificate }, n) => file(`${String(n)}.der`, certificate.der))
  await bring(...files, keyFile('sub.key', sub))
  const revoked = [said(sub, { certificateIssuer: named(root) })]
  await bring(await list(lister, { scope: { indirectCRL: true }, revoked }))
  expect(await against()).toEqual([code])
})

test.each([
  ['a second ahead, with the revocation', 1 / 3600, 1 / 3600],
  ['an hour ahead', 1, -1],
  ['a month ahead', 720, -1],
])('a list dated %s', async (_what, thisUpdate, revocationDate) => {
  const { root, sub } = await scene()
  const revoked = [entry(sub, { revocationDate: at(revocationDate) })]
  await bring(await list(root, { revoked, thisUpdate: at(thisUpdate), nextUpdate: at(999) }))
  expect(await against()).toEqual(['tier-revoked'])
})

test('a hold on a list dated ahead, and its end when a later list comes into force on the same day', async () => {
  const { root, sub } = await scene()
  await bring(await list(root, { number: 5, revoked: [held(sub)], thisUpdate: at(1) }))
  await bring(await list(root, { number: 6, thisUpdate: at(2) }))
  expect(await against()).toEqual(['tier-on-hold'])
  worker.clock.now += 3 * HOUR
  // It was idle for so long that it is locked.
  await worker.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
  expect(await against()).toEqual([])
})

test('a hold ends by a later list of its scope alone', async () => {
  const { root, sub } = await scene()
  await bring(await list(root, { number: 5, revoked: [held(sub)], thisUpdate: at(-9) }))
  await bring(await list(root, { number: 6, scope: { onlyContainsUserCerts: true }, thisUpdate: at(-8) }))
  await bring(await list(root, { number: 7, base: 5, thisUpdate: at(-7) }))
  expect(await against()).toEqual(['tier-on-hold'])
  await bring(
    await list(root, { number: 8, base: 5, revoked: [entry(sub, { reasonCode: 'removeFromCRL' })] }),
  )
  expect(await against()).toEqual([])
})

test('a later list takes no revocation back', async () => {
  const { root, sub } = await scene()
  await bring(await list(root, { number: 5, revoked: [entry(sub)], thisUpdate: at(-9) }))
  await bring(await list(root, { number: 6, revoked: [held(sub)] }))
  expect(await against()).toEqual(['tier-revoked'])
})

test.each<[string, ListDrawing]>([
  ['without a number', { version: 1, number: null }],
  ['of a lower number', { number: 9 }],
  ['of the same number', { number: 10 }],
])('a list %s beside one that says nothing', async (_what, drawing) => {
  const { root, sub } = await scene()
  await bring(await list(root, { number: 10, thisUpdate: at(-48) }))
  const { reasonCode, ...plain } = entry(sub) as { reasonCode: string }
  const revoked = [(drawing.version === 1 ? plain : { ...plain, reasonCode }) as Entry]
  const coming = await list(root, { ...drawing, revoked })
  expect(await bring(coming)).toBe(1)
  expect(await against()).toEqual(['tier-revoked'])
  // The same list again is not another one.
  expect(await bring(coming)).toBe(0)
})

test('two parts with one number, in one drop', async () => {
  const { root, sub } = await scene()
  const users = await list(root, { number: 5, scope: { onlyContainsUserCerts: true } })
  const cas = await list(root, { number: 5, scope: { onlyContainsCACerts: true }, revoked: [entry(sub)] })
  expect(await bring({ ...users, name: 'users.crl' }, { ...cas, name: 'cas.crl' })).toBe(2)
  expect(await against()).toEqual(['tier-revoked'])
})

test('a list by the issuer’s other key, if the CA above both has certified it', async () => {
  const root = await drawn.root({ subject: 'CN=Outer Root', pathLen: 3 })
  const issuer = await drawn.intermediate(root, { subject: 'CN=Issuer', pathLen: 1 })
  const again = await drawn.intermediate(root, { subject: 'CN=Issuer', pathLen: 1 })
  const sub = await drawn.intermediate(issuer, { subject: 'CN=Our CA' })
  const anybody = await drawn.root({ subject: 'CN=Issuer' })
  const files = [root, issuer, again, sub, anybody].map(({ certificate }, n) =>
    file(`${String(n)}.der`, certificate.der),
  )
  await bring(...files, keyFile('sub.key', sub))
  await bring(await list(anybody, { revoked: [entry(sub)] }))
  expect(await against()).toEqual([])
  await bring(await list(again, { revoked: [entry(sub)] }))
  expect(await against()).toEqual(['tier-revoked'])
})

/** Signs the next list of the only root; returns the serial numbers and reasons on it. */
async function nextList(): Promise<[string, string | null][]> {
  const all = await worker.client.call('authority.list', null)
  const { id: authorityId } = all.find(({ commonName }) => commonName === 'Outer Root')!
  const { lists } = await worker.client.call('list.sign', { ...LIST, authorityId })
  const { bytes } = await worker.client.call('list.file', { listId: lists[0]!.id })
  const entries = [...parseCertificateList(bytes).revokedCertificates]
  return entries.map(({ serialNumber, reasonCode }) => [hexOf(serialNumber), reasonCode])
}

test('the next list signed here repeats a revocation of what is here and not revoked', async () => {
  const { root, sub } = await scene()
  const revokedHere = await drawn.intermediate(root, { subject: 'CN=Another' })
  const files = [root, revokedHere].map(({ certificate }, n) => file(`${String(n)}.der`, certificate.der))
  await bring(...files, keyFile('root.key', root))
  const all = await worker.client.call('authority.list', null)
  const { certificateId } = all.find(({ commonName }) => commonName === 'Another')!
  const reason = 'cessationOfOperation'
  await worker.client.call('revocation.revoke', { certificateId, reason, invalidityDate: null, actor: ADA })
  await bring(await list(root, { revoked: [entry(sub), entry(revokedHere)] }))
  const serial = ({ certificate }: drawn.Drawn) => hexOf(certificate.serialNumber)
  const expected = [
    [serial(sub), 'keyCompromise'],
    // The graver of the two reasons.
    [serial(revokedHere), 'keyCompromise'],
  ]
  expect((await nextList()).sort()).toEqual(expected.sort())
})

test.each<[string, ListDrawing]>([
  ['dated ahead', { number: 11, thisUpdate: new Date(0) }],
  ['without a number', { version: 1, number: null }],
  ['of the same number', { number: 10 }],
])('the next list signed here repeats what a list %s says', async (_what, drawing) => {
  const root = await drawn.root({ subject: 'CN=Outer Root', pathLen: 3 })
  await bring(file('root.der', root.certificate.der), keyFile('root.key', root))
  await bring(await list(root, { number: 10, thisUpdate: at(-48) }))
  const thisUpdate = drawing.thisUpdate ? at(1) : at(-1)
  const revoked = [{ serialNumber: Uint8Array.of(0x12, 0x34) }]
  await bring(await list(root, { ...drawing, thisUpdate, revoked }))
  expect(await nextList()).toEqual([['1234', null]])
})
