import 'fake-indexeddb/auto'
import { afterEach, expect, test } from 'vitest'
import { openDatabase } from '../../../src/vault/database.ts'
import type { Schema } from '../../../src/vault/schema.ts'
import { Session } from '../../../src/services/session/session.ts'
import type { CertificateQuery, CertificateRow } from '../../../src/border/views.ts'
import type { VaultEvent } from '../../../src/border/protocol.ts'
import { fillingName, fillInventory } from '../../support/inventory.ts'
import { freshName, PASSPHRASE } from '../../support/vault.ts'
import { ROUNDS } from '../../support/rounds.ts'

const NOW = Date.UTC(2026, 10, 21, 12)
const COUNT = 1203
const sessions: Session[] = []

async function start(name: string) {
  const events: VaultEvent[] = []
  const send = (event: VaultEvent) => void events.push(event)
  const session = await Session.start({ name, clock: () => NOW, send, iterations: ROUNDS })
  sessions.push(session)
  return { session, events, page: (query: Partial<CertificateQuery> = {}) => pageOf(session, query) }
}

/** An open vault with more certificates than two segments hold. */
async function filled(visibility: 'public' | 'sealed' = 'public', count = COUNT) {
  const name = freshName()
  const started = await start(name)
  const slots = { passphrase: PASSPHRASE, recoveryPassphrase: null }
  await started.session.vault.create({ ...slots, visibility, who: 'Ada', remark: '' })
  await fillInventory(started.session, count)
  return { name, ...started }
}

const pageOf = (session: Session, query: Partial<CertificateQuery>) =>
  session.inventory.page({ offset: 0, limit: 20, sort: 'createdAt', descending: true, ...query }, NOW)

const namesOf = (rows: readonly CertificateRow[]) => rows.map(({ commonName }) => commonName)

async function edit<S extends 'catalogue' | 'certificates'>(
  name: string,
  store: S,
  id: string,
  change: (record: Schema[S]['value']) => Schema[S]['value'] | null,
): Promise<void> {
  const database = await openDatabase(name)
  const record = await database.get(store, id)
  const changed = change(record!)
  if (changed) await database.put(store, changed)
  else await database.delete(store, id)
  database.close()
}

afterEach(() => {
  for (const { vault, idle } of sessions.splice(0)) {
    idle.stop()
    vault.close()
  }
})

test('first rows, read from the end alone, are those that a walk over everything puts first', async () => {
  const { session, page } = await filled()
  session.inventory.forget()
  const first = await page()
  expect(first.total).toBe(COUNT)
  expect(namesOf(first.rows)).toEqual(Array.from({ length: 20 }, (_, at) => fillingName(COUNT - 1 - at)))
  const all = await page({ limit: 5000, sort: 'commonName', descending: false })
  expect(namesOf(all.rows)).toEqual(Array.from({ length: COUNT }, (_, at) => fillingName(at)))
  expect(all.rows.every(({ verified }) => verified)).toBe(true)
  expect((await page({ offset: 1200 })).rows).toHaveLength(3)
})

test('after another start all is there, and nothing is read from the records but what is shown', async () => {
  const { name, session } = await filled()
  session.vault.close()
  const again = await start(name)
  await again.session.vault.unlock(PASSPHRASE, 'Ada')
  const { database } = again.session.vault
  const getAll = database.getAll.bind(database)
  const read: string[] = []
  database.getAll = ((store: 'certificates', ...rest: never[]) => {
    read.push(store)
    return getAll(store, ...rest)
  }) as typeof database.getAll
  expect((await again.page({ search: 'host-0000777' })).rows).toHaveLength(1)
  expect((await again.page({ tag: 'tenth' })).total).toBe(121)
  expect((await again.page({ search: 'checked 1972' })).total).toBe(1)
  expect(read).toEqual([])
})

test('a serial number, a fingerprint, a tag, a note and a state are found', async () => {
  const { page } = await filled('public', 40)
  const [row] = (await page({ search: fillingName(30) })).rows
  for (const text of [row!.serialNumber, row!.fingerprint.toUpperCase(), 'TENTH host-0000030'])
    expect(namesOf((await page({ search: text })).rows)).toEqual([fillingName(30)])
  expect((await page({ search: 'revoked' })).total).toBe(1)
  expect((await page({ state: 'revoked' })).total).toBe(1)
})

test('what another tab writes is taken in, what was read stays', async () => {
  const { name, session, events, page } = await filled()
  const other = await start(name)
  await other.session.vault.unlock(PASSPHRASE, 'Ben')
  expect((await other.page({ search: 'host' })).total).toBe(COUNT)
  await fillInventory(session, 5, COUNT)
  await heard(other.events)
  expect((await other.page({ search: 'host' })).total).toBe(COUNT + 5)
  await fillInventory(other.session, 5, COUNT + 5)
  await heard(events)
  expect(namesOf((await page({ search: fillingName(COUNT + 7) })).rows)).toEqual([fillingName(COUNT + 7)])
  expect((await page({ limit: 5000, search: 'host' })).rows).toHaveLength(COUNT + 10)
})

test('with sealed names nothing is said while locked, and nothing readable lies in the database', async () => {
  const { name, session, page } = await filled('sealed', 30)
  await page({ search: 'host' })
  await session.lock('asked')
  await expect(page()).rejects.toMatchObject({ code: 'vault-locked' })
  await expect(page({ search: 'host' })).rejects.toMatchObject({ code: 'vault-locked' })
  const database = await openDatabase(name)
  const stored = [...(await database.getAll('catalogue')), ...(await database.getAll('certificates'))]
  database.close()
  const text = stored.map(({ body }) => Buffer.from(body).toString('latin1')).join()
  expect(text).not.toMatch(/host-00|example|tlsServer|tenth/i)
  await session.vault.unlock(PASSPHRASE, 'Ada')
  expect((await page({ search: 'host' })).total).toBe(30)
})

test('with public names the locked vault is listed as it lies there, unverified', async () => {
  const { session, page } = await filled('public', 30)
  await session.lock('asked')
  expect((await page()).rows.every(({ verified }) => !verified)).toBe(true)
  expect((await page({ search: 'host-0000007' })).total).toBe(1)
})

test('a changed record is named and no longer counted, and so is one that is gone', async () => {
  const { name, session, events, page } = await filled('public', 30)
  const [changed, gone] = (await page({ search: 'tenth' })).rows
  session.inventory.forget()
  await edit(name, 'certificates', changed!.id, (record) => ({
    ...record,
    mac: record.mac.map((octet) => octet ^ 1),
  }))
  await edit(name, 'certificates', gone!.id, () => null)
  const { total, rows } = await page()
  expect([total, rows.length]).toEqual([28, 20])
  expect(namesOf(rows)).not.toContain(changed!.commonName)
  expect(events.flatMap((event) => (event.name === 'problems' ? event.problems : []))).toMatchObject([
    { store: 'certificates', id: changed!.id, kind: 'changed' },
    { store: 'certificates', id: gone!.id, kind: 'missing' },
  ])
  expect((await page({ search: 'tenth' })).total).toBe(1)
})

test.each<[string, Parameters<typeof edit<'catalogue'>>[3], string]>([
  [
    'changed',
    (record) => ({ ...record, body: record.body.map((octet, at) => (at === 99 ? octet ^ 1 : octet)) }),
    '000001',
  ],
  ['missing', () => null, '000000'],
  ['without its head', () => null, 'head'],
])('a catalogue %s is made again from the records', async (_what, change, id) => {
  const { name, session, page } = await filled()
  session.inventory.forget()
  await edit(name, 'catalogue', id, change)
  expect((await page({ search: 'host' })).total).toBe(COUNT)
  // And is cached: the next caller reads it.
  const again = await start(name)
  await again.session.vault.unlock(PASSPHRASE, 'Ada')
  again.session.vault.database.getAll = () => Promise.reject(new Error('read again'))
  expect((await again.page({ search: 'host' })).total).toBe(COUNT)
})

test('a catalogue set back to an older state is not believed', async () => {
  const { name, session, page } = await filled('public', 10)
  const database = await openDatabase(name)
  const old = await database.getAll('catalogue')
  await fillInventory(session, 5, 10)
  for (const record of old) await database.put('catalogue', record)
  database.close()
  session.inventory.forget()
  expect((await page()).total).toBe(15)
})

/** A message from another tab takes a moment. */
async function heard(events: readonly VaultEvent[]): Promise<void> {
  while (!events.some((event) => event.name === 'changed' && event.otherTab))
    await new Promise((resolve) => setTimeout(resolve, 5))
}
