/** Lists with valid MACs that are not those stored last: of a copy of the vault that went on by itself, or taken away. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { InFile } from '../../../src/border/words.ts'
import { openDatabase } from '../../../src/vault/database.ts'
import { TABLES, type Database, type Step } from '../../../src/vault/schema.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import * as drawn from '../../support/chain.ts'
import { drawList } from '../../support/revocation.ts'
import { ADA, LIST, openedToday, PASSPHRASE, prepareInput, startWorker } from '../../support/worker.ts'
import type { TestWorker } from '../../support/worker.ts'

let worker: TestWorker
let copy: TestWorker
let database: Database
let other: Database
let root: drawn.Drawn
let sub: drawn.Drawn
const DAY = 86_400_000
const at = (days: number) => new Date(Math.floor((worker.clock.now + days * DAY) / 1000) * 1000)
const pkcs8 = ({ key }: drawn.Drawn) => new TextEncoder().encode(encodePem('PRIVATE KEY', key.pkcs8))

beforeEach(async () => {
  worker = await openedToday()
  root = await drawn.root({ subject: 'CN=Outer Root' })
  sub = await drawn.intermediate(root, { subject: 'CN=Our CA' })
  await bring(
    worker,
    { name: 'root.der', bytes: root.certificate.der.slice() },
    { name: 'root.key', bytes: pkcs8(root) },
    { name: 'sub.der', bytes: sub.certificate.der.slice() },
    { name: 'sub.key', bytes: pkcs8(sub) },
  )
  database = await openDatabase(worker.name)
  const tables = await database.getTables(TABLES)
  const steps = TABLES.flatMap((table, index) =>
    tables[index]!.map((value) => ({ do: 'put', table, value }) as Step),
  )
  other = await openDatabase(`${worker.name}-copy`)
  await other.write('strict', steps)
  copy = startWorker(`${worker.name}-copy`, worker.clock)
  await copy.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
})
afterEach(() => {
  for (const each of [database, other, worker, copy]) each.close()
})

async function bring({ client }: TestWorker, ...files: InFile[]): Promise<void> {
  const { token, authorities } = await client.call('import.read', { files })
  const indices = authorities.map(({ index }) => index)
  const choice = { authorities: indices, certificatesOf: indices, others: true, requests: true }
  await client.call('import.store', { token, choice, keyKeeping: { kind: 'vault' }, actor: ADA })
}

/** A list of the root; `names`: whether the CA is on it. */
async function list(names: boolean, cRLNumber: number): Promise<InFile> {
  const { serialNumber } = sub.certificate
  const entry = { serialNumber, revocationDate: at(-2), reasonCode: 'keyCompromise' } as const
  const dates = { thisUpdate: at(-1), nextUpdate: at(9) }
  const drawing = { ...dates, cRLNumber: BigInt(cRLNumber), revoked: names ? [entry] : [] }
  return { name: 'root.crl', bytes: (await drawList(root, drawing)).der.slice() }
}

async function idOf(commonName: string): Promise<string> {
  const all = await worker.client.call('authority.list', null)
  return all.find((each) => each.commonName === commonName)!.id
}
/** What is said when it is about to issue; nothing is accepted. */
const prepared = async () =>
  worker.client.call(
    'issue.prepare',
    prepareInput({
      authorityId: await idOf('Our CA'),
      profileId: 'tlsServer',
      commonName: 'a.example.com',
      names: ['a.example.com'],
    }),
  )
const signed = ({ token }: Awaited<ReturnType<typeof prepared>>) =>
  worker.client.call('issue.sign', {
    token: token!,
    acknowledged: [],
    caKey: { kind: 'vault' },
    endEntityKey: { kind: 'sealed' },
    actor: ADA,
  })
const revoked = async () => (await prepared()).warnings.includes('tier-revoked')
const nextList = async () =>
  worker.client.call('list.sign', { ...LIST, authorityId: await idOf('Outer Root') })

/** A tab that has not read the lists yet. */
async function reopened(): Promise<void> {
  worker.close()
  worker = startWorker(worker.name, worker.clock)
  await worker.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
}

test.each(['open', 'opened again'])(
  'a list of the copy in place of the one that revokes: %s',
  async (when) => {
    await bring(worker, await list(true, 7))
    expect(await revoked()).toBe(true)
    await bring(copy, await list(false, 7))
    const [ours] = await database.getAll('lists')
    const [theirs] = await other.getAll('lists')
    await database.write('strict', [
      { do: 'delete', table: 'lists', key: ours!.id },
      { do: 'put', table: 'lists', value: theirs! },
    ])
    if (when === 'opened again') await reopened()
    const before = await database.count('certificates')
    const changed = { detail: { store: 'lists' } }
    // What was read before is remembered.
    if (when === 'open') expect(await revoked()).toBe(true)
    else await expect(prepared()).rejects.toMatchObject(changed)
    await expect(nextList()).rejects.toMatchObject(changed)
    expect(await database.count('certificates')).toBe(before)
    // As it was stored, it counts again.
    await database.write('strict', [
      { do: 'delete', table: 'lists', key: theirs!.id },
      { do: 'put', table: 'lists', value: ours! },
    ])
    expect(await revoked()).toBe(true)
  },
)

test('a list that is taken away while the vault is open, after it was read', async () => {
  await bring(worker, await list(false, 7))
  expect(await revoked()).toBe(false)
  await bring(worker, await list(true, 8))
  expect(await revoked()).toBe(true)
  for (const { id } of await database.getAll('lists'))
    await database.write('strict', [{ do: 'delete', table: 'lists', key: id }])
  expect(await revoked()).toBe(true)
  await expect(nextList()).rejects.toMatchObject({ code: 'record-changed', detail: { store: 'lists' } })
})

test('a list that another tab brings while a certificate is signed stops it', async () => {
  const certificate = await prepared()
  expect(certificate.warnings).toEqual([])
  const tab = startWorker(worker.name, worker.clock)
  await tab.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
  await bring(tab, await list(true, 8))
  tab.close()
  await expect(signed(certificate)).rejects.toMatchObject({ code: 'authority-revoked' })
})
