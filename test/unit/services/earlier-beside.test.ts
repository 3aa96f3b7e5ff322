/** Rows of an earlier state that are put back beside those of the CA that signs: what they say decides too. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { InFile } from '../../../src/border/words.ts'
import { hexOf } from '../../../src/octets.ts'
import { openDatabase } from '../../../src/vault/database.ts'
import type { Database, Step } from '../../../src/vault/schema.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import * as drawn from '../../support/chain.ts'
import { drawList } from '../../support/revocation.ts'
import { ADA, hierarchy, LIST, openedToday, prepareInput, type TestWorker } from '../../support/worker.ts'

let worker: TestWorker
let database: Database
beforeEach(async () => {
  worker = await openedToday()
  database = await openDatabase(worker.name)
})
afterEach(() => {
  database.close()
  worker.close()
})

type Table = 'authorities' | 'requests' | 'endEntityKeys'

/** Returns the function that puts back what these tables hold now, also what was removed since. */
async function kept(...tables: Table[]): Promise<() => Promise<void>> {
  const all = (await database.getTables(tables)) as never[][]
  return () =>
    database.write(
      'strict',
      tables.flatMap((table, at) => all[at]!.map((value): Step => ({ do: 'put', table, value }))),
    )
}

const text = (name: string, content: string): InFile => ({ name, bytes: new TextEncoder().encode(content) })
const own = ({ certificate }: drawn.Drawn): InFile => ({
  name: `${hexOf(certificate.serialNumber)}.der`,
  bytes: certificate.der.slice(),
})
const keyOf = ({ key: { pkcs8 } }: drawn.Drawn) => text('some.key', encodePem('PRIVATE KEY', pkcs8))
const DAY = 86_400_000
const at = (days: number) => new Date(Math.floor((worker.clock.now + days * DAY) / 1000) * 1000)

async function bring(...files: InFile[]): Promise<void> {
  const { token, authorities } = await worker.client.call('import.read', { files })
  const indices = authorities.map(({ index }) => index)
  const choice = { authorities: indices, certificatesOf: indices, others: true, requests: true }
  await worker.client.call('import.store', { token, choice, keyKeeping: { kind: 'vault' }, actor: ADA })
}

async function idOf(name: string): Promise<string> {
  const all = await worker.client.call('authority.list', null)
  return all.find(({ commonName }) => commonName === name)!.id
}

test('the record that says whose other key has signed a list', async () => {
  const root = await drawn.root({ subject: 'CN=Outer Root', pathLen: 3 })
  const issuer = await drawn.intermediate(root, { subject: 'CN=Issuer', pathLen: 1 })
  const again = await drawn.intermediate(root, { subject: 'CN=Issuer', pathLen: 1 })
  const sub = await drawn.intermediate(issuer, { subject: 'CN=Our CA' })
  await bring(own(again))
  const putBack = await kept('authorities')
  await bring(...[root, issuer, sub].map(own), keyOf(sub))
  const { serialNumber } = sub.certificate
  const revoked = [{ serialNumber, revocationDate: at(-2), reasonCode: 'keyCompromise' } as const]
  const list = await drawList(again, { thisUpdate: at(-1), nextUpdate: at(9), revoked })
  await bring({ name: 'again.crl', bytes: list.der.slice() })
  const wish = { authorityId: await idOf('Our CA'), profileId: 'tlsServer', commonName: 'a.example.com' }
  const prepared = () =>
    worker.client.call('issue.prepare', prepareInput({ ...wish, names: ['a.example.com'] }))
  expect((await prepared()).warnings).toContain('tier-revoked')
  await putBack()
  await expect(prepared()).rejects.toMatchObject({ code: 'record-changed', detail: { store: 'authorities' } })
})

test('the record of another CA whose revocations are on an indirect list', async () => {
  await hierarchy(worker)
  const other = await drawn.root({ subject: 'CN=Other Root' })
  await bring(own(other), keyOf(other))
  const [root, otherRoot] = [await idOf('Example Root'), await idOf('Other Root')]
  const before = (await database.get('authorities', otherRoot))!
  const dated = (date: Date): string => `${date.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`
  const gone = `R\t${dated(at(300))}\t${dated(at(-3))},keyCompromise\t1007\tunknown\t/CN=gone\n`
  await bring({ ...own(other), name: 'x/cacert.der' }, text('x/index.txt', gone))
  const signed = () =>
    worker.client.call('list.sign', { ...LIST, authorityId: root, indirectFor: [otherRoot] })
  expect((await signed()).lists[0]!.entries).toBe(1)
  await database.put('authorities', before)
  await expect(signed()).rejects.toMatchObject({ code: 'record-changed', detail: { id: otherRoot } })
})

const REQUEST = {
  profileId: 'tlsServer',
  subject: [],
  subjectAltNames: [{ kind: 'dNSName', value: 'r.example.com' }],
  signature: null,
  extensions: {},
} as const

test.each(['removed', 'answered'] as const)(
  'a request that was %s is certified no more when it is put back',
  async (what) => {
    const { client } = worker
    const { intermediateId: authorityId } = await hierarchy(worker)
    const { id: requestId } = await client.call('request.make', {
      ...{ request: REQUEST, key: { kind: 'generate', algorithm: 'p256' } },
      ...{ keyKeeping: { kind: 'vault' }, actor: ADA },
    })
    const putBack = await kept('requests', 'endEntityKeys')
    const asked = { authorityId, profileId: 'tlsServer', validity: null, take: [], chosen: [0] }
    const certified = async () => {
      const { token } = await client.call('certify.read', { files: [], requestIds: [requestId] })
      return client.call('certify.sign', { ...asked, token, acknowledged: [], actor: ADA })
    }
    if (what === 'removed') await client.call('request.remove', { requestId, actor: ADA })
    else expect((await certified()).certified).toHaveLength(1)
    const before = await database.count('certificates')
    await putBack()
    const { certified: done, failed, stopped } = await certified()
    expect(done).toEqual([])
    const why = stopped?.why ?? failed[0]!.failure
    expect(why).toMatchObject({ code: 'record-changed', detail: { store: 'requests' } })
    expect(await database.count('certificates')).toBe(before)
  },
)

test('the key of a request that was removed and is put back signs no other', async () => {
  const { pkcs8 } = await drawn.drawKey()
  const made = () =>
    worker.client.call('request.make', {
      request: REQUEST,
      key: { kind: 'brought', file: text('r.key', encodePem('PRIVATE KEY', pkcs8)), passphrase: '' },
      ...{ keyKeeping: { kind: 'vault' }, actor: ADA },
    })
  const { id: requestId } = await made()
  const putBack = await kept('requests', 'endEntityKeys')
  await worker.client.call('request.remove', { requestId, actor: ADA })
  await putBack()
  await expect(made()).rejects.toMatchObject({ code: 'record-changed', detail: { store: 'requests' } })
})
