/** A stored list that was changed, lost or cannot be read: it may have revoked the CA, so that nothing is signed. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { InFile } from '../../../src/border/words.ts'
import { openDatabase, transact } from '../../../src/vault/database.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import * as drawn from '../../support/chain.ts'
import { drawList } from '../../support/revocation.ts'
import { connectVault } from '../../support/vault.ts'
import { ADA, LIST, openedToday, PASSPHRASE, prepareInput, startWorker } from '../../support/worker.ts'
import type { TestWorker } from '../../support/worker.ts'

let worker: TestWorker
let authorityId: string
const DAY = 86_400_000

beforeEach(async () => {
  worker = await openedToday()
  const root = await drawn.root({ subject: 'CN=Outer Root' })
  const sub = await drawn.intermediate(root, { subject: 'CN=Our CA' })
  const at = (days: number) => new Date(Math.floor((worker.clock.now + days * DAY) / 1000) * 1000)
  const { serialNumber } = sub.certificate
  const entry = { serialNumber, revocationDate: at(-2), reasonCode: 'superseded' } as never
  const list = await drawList(root, { revoked: [entry], thisUpdate: at(-1), nextUpdate: at(9) })
  await bring(
    { name: 'root.der', bytes: root.certificate.der.slice() },
    { name: 'sub.der', bytes: sub.certificate.der.slice() },
    { name: 'sub.key', bytes: new TextEncoder().encode(encodePem('PRIVATE KEY', sub.key.pkcs8)) },
    { name: 'root.crl', bytes: list.der.slice() },
  )
  const all = await worker.client.call('authority.list', null)
  authorityId = all.find(({ commonName }) => commonName === 'Our CA')!.id
})
afterEach(() => {
  worker.close()
})

async function bring(...files: InFile[]): Promise<void> {
  const { token, authorities } = await worker.client.call('import.read', { files })
  const indices = authorities.map(({ index }) => index)
  const choice = { authorities: indices, certificatesOf: indices, others: true, requests: true }
  const input = { token, choice, keyKeeping: { kind: 'vault' }, actor: ADA } as const
  await worker.client.call('import.store', input)
}

const prepared = () =>
  worker.client.call(
    'issue.prepare',
    prepareInput({
      authorityId,
      profileId: 'tlsServer',
      commonName: 'a.example.com',
      names: ['a.example.com'],
    }),
  )

/** Does this to the stored list, and opens the vault in another tab. */
async function after(spoil: 'change' | 'remove'): Promise<void> {
  expect((await prepared()).warnings).toContain('tier-revoked')
  const database = await openDatabase(worker.name)
  const [list] = await database.getAll('lists')
  const body = list!.body.slice()
  body[100]! ^= 1
  await transact(database, 'relaxed', (writing) => {
    if (spoil === 'change') writing.put('lists', { ...list!, body })
    else writing.delete('lists', list!.id)
  })
  database.close()
  worker.close()
  worker = startWorker(worker.name, worker.clock)
  await worker.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
}

test('a list that was changed', async () => {
  await after('change')
  await expect(prepared()).rejects.toMatchObject({ code: 'record-changed', detail: { store: 'lists' } })
  // The page still shows what there is.
  expect(await worker.client.call('authority.list', null)).toHaveLength(2)
})

test('a list that was removed', async () => {
  await after('remove')
  await expect(prepared()).rejects.toMatchObject({
    code: 'store-changed',
    detail: { store: 'lists' },
  })
})

const signed = async () => {
  const all = await worker.client.call('authority.list', null)
  const issuer = all.find(({ commonName }) => commonName === 'Outer Root')!
  return worker.client.call('list.sign', { ...LIST, authorityId: issuer.id })
}

test.each(['change', 'remove'] as const)(
  'the next list, after one that it must repeat: %s',
  async (spoil) => {
    await after(spoil)
    const code = spoil === 'change' ? 'record-changed' : 'store-changed'
    await expect(signed()).rejects.toMatchObject({ code })
  },
)

test('a list that no longer parses, though nobody changed it', async () => {
  const all = await worker.client.call('authority.list', null)
  const issuerId = all.find(({ commonName }) => commonName === 'Outer Root')!.id
  const { vault } = await connectVault(worker.name)
  await vault.unlock(PASSPHRASE, 'Ada')
  const value = {
    der: Uint8Array.of(0x30, 0x03, 2, 1, 1),
    authorityId: issuerId,
    createdAt: 0,
    createdBy: 'Ada',
  }
  const id = `${issuerId}-7`
  await vault.commit({
    writes: [{ store: 'lists', id, value, mode: 'add', parent: issuerId }],
    entries: [vault.draft('list-imported', 'Outer Root · 7', 'Ada', '', issuerId)],
    durability: 'strict',
  })
  const refused = { code: 'tier-list-unreadable', detail: { id } }
  await expect(prepared()).rejects.toMatchObject(refused)
  await expect(signed()).rejects.toMatchObject(refused)
  await expect(worker.client.call('list.plan', { authorityId: issuerId })).rejects.toMatchObject(refused)
  // The page still shows the others.
  const { lists } = await worker.client.call('list.all', { authorityId: issuerId })
  expect(lists).toHaveLength(1)
})
