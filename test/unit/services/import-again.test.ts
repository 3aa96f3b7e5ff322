/** What was brought in is read a second time: it says that it is here, and nothing comes. */
import { openDB } from 'idb'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { InFile } from '../../../src/border/words.ts'
import * as drawn from '../../support/chain.ts'
import { ADA, openedToday, PASSPHRASE, type TestWorker } from '../../support/worker.ts'

let worker: TestWorker
beforeEach(async () => {
  worker = await openedToday()
})
afterEach(() => worker.close())

const DAY = 86_400_000
const at = (days: number) => new Date(Math.floor((worker.clock.now + days * DAY) / 1000) * 1000)
const file = (name: string, { certificate: { der } }: drawn.Drawn): InFile => ({ name, bytes: der.slice() })

async function bring(...files: InFile[]) {
  const view = await worker.client.call('import.read', { files })
  const indices = view.authorities.map(({ index }) => index)
  const choice = { authorities: indices, certificatesOf: indices, others: true, requests: true }
  const { token } = view
  await worker.client.call('import.store', { token, choice, keyKeeping: { kind: 'vault' }, actor: ADA })
  return view.authorities.map(({ name, fate }) => `${name}: ${fate}`).sort()
}

test('a folder of step-ca: its database is named once, and its CA is read', async () => {
  const ca = await drawn.root({ notBefore: at(-10), notAfter: at(300), subject: 'CN=Step Root' })
  const octets = (name: string, text: string): InFile => ({ name, bytes: new TextEncoder().encode(text) })
  const { problems, authorities, passedOver } = await worker.client.call('import.read', {
    files: [
      file('step/certs/root_ca.crt', ca),
      octets('step/db/MANIFEST', 'Bdgr\0\0\0\x08\0\0\0\x02'),
      octets('step/db/000001.sst', '\x01\x02 table'),
      octets('step/db/000000.vlog', '\x01\x02 log'),
      octets('step/db/KEYREGISTRY', '\x01\x02 Hello Badger'),
    ],
  })
  expect(authorities.map(({ name }) => name)).toEqual(['Step Root'])
  expect(problems).toMatchObject([
    { code: 'pile-format-not-read', detail: { format: 'badger' }, source: { file: 'step/db/MANIFEST' } },
  ])
  expect(passedOver).toBe(3)
})

test('a ring: two CAs that certified each other', async () => {
  const valid = { notBefore: at(-10), notAfter: at(300) }
  const a = await drawn.root({ ...valid, subject: 'CN=A' })
  const b = await drawn.root({ ...valid, subject: 'CN=B' })
  const aByB = await drawn.crossCertificate(b, a, { ...valid, notAfter: at(200) })
  const bByA = await drawn.crossCertificate(a, b, { ...valid, notAfter: at(200) })
  const ring = () => [file('a-by-b.der', aByB), file('b-by-a.der', bByA)]
  expect(await bring(...ring())).toEqual(['A: new', 'B: new'])
  expect(await bring(...ring())).toEqual(['A: known', 'B: known'])
  const whole = () => [...ring(), file('a.der', a), file('b.der', b)]
  expect(await bring(...whole())).toEqual(['A: certificate-added', 'B: certificate-added'])
  expect(await bring(...whole())).toEqual(['A: known', 'B: known'])
})

test('every certificate of a CA is its own: none counts as issued, and one that is missing is said at unlocking', async () => {
  const valid = { notBefore: at(-10), notAfter: at(300) }
  const a = await drawn.root({ ...valid, subject: 'CN=A' })
  const b = await drawn.root({ ...valid, subject: 'CN=B' })
  const aByB = await drawn.crossCertificate(b, a, { ...valid, notAfter: at(200) })
  await bring(file('a.der', a), file('b.der', b), file('a-by-b.der', aByB))
  const { client } = worker
  const all = await client.call('authority.list', null)
  const [A] = all.filter(({ commonName }) => commonName === 'A')
  expect(A!.others).toHaveLength(1)
  const { id: cross } = A!.others[0]!
  const { der } = await client.call('certificate.detail', { certificateId: cross })
  expect(der).toEqual(aByB.certificate.der)
  await client.call('vault.lock', null)
  await removed(worker.name, cross)
  await client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
  const { problems } = await client.call('vault.status', null)
  expect(problems).toMatchObject([{ store: 'certificates', id: cross, kind: 'missing', name: 'A' }])
})

test('one that takes the place of another leaves that one with its CA', async () => {
  const a = await drawn.root({ notBefore: at(-10), notAfter: at(300), subject: 'CN=A' })
  const later = await drawn.crossCertificate(a, a, { notBefore: at(-5), notAfter: at(900) })
  await bring(file('a.der', a))
  const [before] = await worker.client.call('authority.list', null)
  await bring(file('later.der', later))
  const [after] = await worker.client.call('authority.list', null)
  expect(after).toMatchObject({ id: before!.id, issuedCount: 0 })
  const ids = [after!.certificateId, ...after!.others.map(({ id }) => id)]
  expect(ids).toContain(before!.certificateId)
  expect(new Set(ids).size).toBe(2)
})

async function removed(name: string, id: string): Promise<void> {
  const database = await openDB(name)
  await database.delete('certificates', id)
  database.close()
}
