/** Rows that anyone wrote while the vault is locked: well packed, and of no form that is read. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AuthorityNode } from '../../../src/border/views.ts'
import { openDatabase } from '../../../src/vault/database.ts'
import { pack, unpack } from '../../../src/vault/pack.ts'
import type { Database, WrittenTable } from '../../../src/vault/schema.ts'
import type { StoredRecord } from '../../../src/vault/shapes.ts'
import { ADA, createVault, hierarchy, issue, LIST, PASSPHRASE, startWorker } from '../../support/worker.ts'
import type { TestWorker } from '../../support/worker.ts'

let worker: TestWorker
let database: Database
let certificateId: string
let ids: { rootId: string; intermediateId: string }
beforeEach(async () => {
  worker = startWorker()
  await createVault(worker)
  ids = await hierarchy(worker)
  const { rootId, intermediateId } = ids
  const wish = { profileId: 'tlsServer', commonName: 'a.example.com', names: ['a.example.com'] }
  certificateId = (await issue(worker, { authorityId: intermediateId, ...wish })).certificateId
  await worker.client.call('list.sign', { ...LIST, authorityId: rootId })
  const request = { profileId: 'tlsServer', subject: [], signature: null, extensions: {} } as const
  await worker.client.call('request.make', {
    request: { ...request, subjectAltNames: [{ kind: 'dNSName', value: 'r.example.com' }] },
    ...{ key: { kind: 'generate', algorithm: 'p256' }, keyKeeping: { kind: 'vault' }, actor: ADA },
  })
  await worker.client.call('vault.lock', null)
  database = await openDatabase(worker.name)
})
afterEach(() => {
  database.close()
  worker.close()
})

/** A plain body. */
function bodyOf(value: unknown): Uint8Array<ArrayBuffer> {
  const body = pack(value, 1)
  body[0] = 0
  return body
}
const valueOf = ({ body }: StoredRecord) => unpack(body.subarray(1)) as Record<string, unknown>

/** Every page of the locked vault is answered: no message is of something that went wrong inside. */
async function expectAnswered(): Promise<void> {
  const { client } = worker
  worker.messages.length = 0
  const all = { offset: 0, limit: 10 }
  await Promise.allSettled([
    client.call('vault.status', null),
    client.call('authority.list', null),
    client.call('authority.tree', null),
    client.call('certificate.list', all),
    client.call('certificate.list', { ...all, search: 'a' }),
    client.call('certificate.detail', { certificateId }),
    client.call('inventory.facets', null),
    client.call('request.list', null),
    client.call('profile.list', null),
    client.call('list.overview', null),
    client.call('journal.list', all),
  ])
  expect(worker.messages.filter(({ kind }) => kind === 'bug')).toEqual([])
}

const BODIES = [null, 7, [], {}, { der: 7 }, { certificates: 7, entries: '[[7]]' }]

test.each([
  'authorities',
  'keys',
  'endEntityKeys',
  'certificates',
  'requests',
  'lists',
  'catalogue',
] as const)('in %s', async (table: WrittenTable) => {
  const stored = (await database.getAll(table)).at(-1) as StoredRecord
  const value = valueOf(stored)
  const lacking = Object.keys(value).flatMap((field) => [
    { ...value, [field]: undefined },
    { ...value, [field]: { not: 'this' } },
    { ...value, [field]: new Uint8Array(3) },
  ])
  for (const crafted of [...BODIES, ...lacking]) {
    await database.put(table as 'lists', { ...stored, body: bodyOf(crafted) })
    await expectAnswered()
  }
  await database.put(table as 'lists', stored)
  await worker.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
  expect((await worker.client.call('vault.check', null)).problems).toEqual([])
})

test('one crafted certificate leaves the others in the list of the locked vault', async () => {
  const stored = (await database.get('certificates', certificateId))!
  await database.put('certificates', {
    ...stored,
    body: bodyOf({ ...valueOf(stored), der: new Uint8Array(3) }),
  })
  const { rows, total } = await worker.client.call('certificate.list', { offset: 0, limit: 10 })
  expect([rows.length, total]).toEqual([2, 2])
})

test('entries of the catalogue that are none', async () => {
  const rows = await database.getAll('catalogue')
  const segment = rows.find((row) => 'entries' in valueOf(row))!
  for (const entries of ['[[7]]', '[null]', '[["a","b","c",1,1,1,"x",null,null,"p",{}]]', '{}']) {
    await database.put('catalogue', { ...segment, body: bodyOf({ entries }) })
    await expectAnswered()
  }
})

describe('the hierarchy', () => {
  const named = (nodes: readonly AuthorityNode[]): unknown[] =>
    nodes.map(({ authority, children }) => [authority.commonName, named(children)])
  const tree = async () => named(await worker.client.call('authority.tree', null))
  async function putAuthority(id: string, change: object): Promise<void> {
    const stored = (await database.get('authorities', id))!
    await database.put('authorities', { ...stored, body: bodyOf({ ...valueOf(stored), ...change }) })
  }

  test.each([{ certificateId: 'nowhere' }, { otherCertificateIds: ['nowhere'] }])(
    'has the other CAs where one names a certificate that is missing, and says so: %j',
    async (crafted) => {
      await putAuthority(ids.intermediateId, crafted)
      expect(await tree()).toEqual([['Example Root', []]])
      const lost = { store: 'certificates', id: 'nowhere', name: '', kind: 'missing' }
      expect(worker.events).toContainEqual({ name: 'problems', problems: [lost] })
    },
  )

  test('has every CA where some are below themselves or each other', async () => {
    await putAuthority(ids.intermediateId, { parentId: ids.intermediateId })
    expect(await tree()).toEqual([
      ['Example Root', []],
      ['Example Issuing CA', []],
    ])
    await putAuthority(ids.intermediateId, { parentId: ids.rootId })
    await putAuthority(ids.rootId, { parentId: ids.intermediateId })
    expect(await tree()).toEqual([['Example Issuing CA', [['Example Root', []]]]])
  })
})
