import { describe, expect, test } from 'vitest'
import { openDatabase, transact } from '../../../src/vault/database.ts'
import type { Database } from '../../../src/vault/schema.ts'
import type { Header } from '../../../src/vault/shapes.ts'
import { ADA, createVault, hierarchy, PASSPHRASE, ownWorker, type TestWorker } from '../../support/worker.ts'

// Anyone with access to the storage of a locked vault can write anything into it.

/** A locked vault with two CAs and a backup of it, and its database opened by another page of the same origin. */
async function locked(visibility: 'public' | 'sealed' = 'public') {
  const worker = ownWorker()
  await createVault(worker, visibility)
  await hierarchy(worker)
  const { file } = await worker.client.call('vault.backup', { passphrase: null, actor: ADA })
  await worker.client.call('vault.lock', null)
  return { worker, file, database: await openDatabase(worker.name) }
}

const status = ({ client }: TestWorker) => client.call('vault.status', null)
const unlock = ({ client }: TestWorker) => client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
const acts = async ({ client }: TestWorker) =>
  (await client.call('journal.list', { offset: 0, limit: 100 })).entries.toReversed()

const put = (database: Database, table: string, value: unknown): Promise<void> =>
  transact(database, 'relaxed', (writing) => writing.put(table as 'meta', value as Header))

const BODIES = [
  undefined,
  'text',
  7,
  new Uint8Array(0),
  Uint8Array.of(0, 0, 0),
  Uint8Array.of(0, 0, 0, 0, 1, 0x7b),
]
const GARBAGE = BODIES.flatMap((body) => [
  { body, mac: new Uint8Array(32) },
  { body, mac: null },
])

describe('what is garbage takes no way in away', () => {
  test.each(['settings', 'refusals', 'mark', 'anything'])('meta/%s', async (id) => {
    const { worker, database } = await locked()
    for (const garbage of GARBAGE) {
      await put(database, 'meta', { id, count: 'x', last: [null, { at: 'x' }], restored: 3, ...garbage })
      expect(await status(worker)).toMatchObject({ state: 'locked', who: '', lastJournalAt: null })
      expect(await unlock(worker)).toMatchObject({ state: 'unlocked', idleMinutes: 10 })
      expect((await acts(worker)).at(-1)).toMatchObject({ act: 'vault-unlocked', who: 'Ada' })
      await worker.client.call('vault.backup', { passphrase: null, actor: ADA })
      await worker.client.call('vault.lock', null)
    }
  })

  test('the last entry of the journal', async () => {
    const { worker, database } = await locked()
    for (const garbage of [...GARBAGE, { body: Uint8Array.of(0, 0x7b, 0x7d), hash: 7 }]) {
      const last = await database.count('journal')
      await put(database, 'journal', { hash: new Uint8Array(32), ...garbage, id: last })
      expect(await status(worker)).toMatchObject({ state: 'locked' })
      expect((await acts(worker)).map(({ sequence }) => sequence)).not.toContain(last)
      expect(await unlock(worker)).toMatchObject({ state: 'unlocked', problems: [{ store: 'journal' }] })
      await worker.client.call('vault.lock', null)
    }
  })

  test('the record of a CA: the others are shown, and it is named', async () => {
    const { worker, database } = await locked()
    const [first] = await database.getAllKeys('authorities')
    for (const garbage of GARBAGE) {
      await put(database, 'authorities', { ...garbage, id: first })
      expect(await status(worker)).toMatchObject({ state: 'locked' })
      await worker.client.call('authority.list', null)
      expect((await unlock(worker)).problems).toContainEqual(
        expect.objectContaining({ store: 'authorities', id: first, kind: 'changed' }),
      )
      await worker.client.call('vault.lock', null)
    }
  })

  test('the catalogue', async () => {
    const { worker, database } = await locked()
    const ids = await database.getAllKeys('catalogue')
    for (const garbage of GARBAGE) {
      for (const id of ids) await put(database, 'catalogue', { ...garbage, id })
      expect(await status(worker)).toMatchObject({ state: 'locked' })
      expect((await worker.client.call('certificate.list', { offset: 0, limit: 10 })).total).toBe(2)
      expect(await unlock(worker)).toMatchObject({ state: 'unlocked', problems: [] })
      expect((await worker.client.call('certificate.list', { offset: 0, limit: 10 })).total).toBe(2)
      await worker.client.call('vault.lock', null)
    }
  })

  test.each([
    { sealed: null },
    { sealed: { slots: 7 } },
    { createdAt: 'x' },
    { visibility: 'x' },
    { mac: null },
  ])('the header, with %o: a backup is restored in its place', async (change) => {
    const { worker, file, database } = await locked()
    await put(database, 'meta', { ...(await database.get('meta', 'vault')), ...change })
    expect(await status(worker)).toMatchObject({ state: 'locked', slots: [] })
    await expect(unlock(worker)).rejects.toMatchObject({ code: 'record-changed' })
    const restore = { file: file.bytes, passphrase: PASSPHRASE, actor: ADA }
    await expect(worker.client.call('vault.restore', { ...restore, replace: false })).rejects.toMatchObject({
      code: 'vault-exists',
    })
    const { status: after } = await worker.client.call('vault.restore', { ...restore, replace: true })
    expect(after).toMatchObject({ state: 'unlocked', problems: [] })
  })

  test('slots that are none beside the one that opens', async () => {
    const { worker, database } = await locked()
    const header = (await database.get('meta', 'vault')) as unknown as { sealed: { slots: unknown[] } }
    const slots = [null, 7, { id: 'x' }, ...header.sealed.slots]
    await put(database, 'meta', { ...header, sealed: { ...header.sealed, slots } })
    expect((await status(worker)).slots).toHaveLength(1)
    expect(await unlock(worker)).toMatchObject({ state: 'unlocked' })
  })
})

describe('what was found while locked', () => {
  test('is in the journal as found, not as so; the rest is counted', async () => {
    const { worker, database } = await locked()
    const before = (await acts(worker)).length
    const last = Array.from({ length: 20_000 }, (_, at) => ({ at, who: 'x'.repeat(1000) }))
    const restored = { at: 0, who: 'Ben', remark: 'framed' }
    await put(database, 'meta', { id: 'refusals', count: 20_000, last, restored })
    await unlock(worker)
    const entries = (await acts(worker)).slice(before)
    expect(entries).toHaveLength(23)
    expect(entries[0]).toMatchObject({ act: 'backup-restored', who: 'Ben', reason: 'found-while-locked' })
    expect(entries[1]).toMatchObject({ act: 'vault-unlock-refused', subject: '19980', reason: 'not-listed' })
    for (const entry of entries.slice(2, -1)) {
      expect(entry).toMatchObject({ act: 'vault-unlock-refused', reason: 'found-while-locked' })
      expect(entry.who).toHaveLength(200)
    }
  })

  test('does not keep the check from running', async () => {
    const { worker, database } = await locked()
    const [id] = await database.getAllKeys('certificates')
    const record = (await database.get('certificates', id!))!
    await put(database, 'certificates', {
      ...record,
      body: record.body.map((octet, at) => (at === 40 ? octet ^ 1 : octet)),
    })
    await put(database, 'meta', { id: 'refusals', count: 3, last: [{ at: 'x', who: {} }, { at: 1e300 }, 7] })
    await unlock(worker)
    await expect.poll(() => worker.events).toContainEqual(expect.objectContaining({ name: 'problems' }))
    expect((await acts(worker)).at(-1)).toMatchObject({ act: 'vault-unlocked' })
  })

  test('settings that were forged give no name and no idle time', async () => {
    const { worker, database } = await locked()
    const { pack } = await import('../../../src/vault/pack.ts')
    const forged = {
      idleMinutes: 1440,
      who: 'Mallory',
      persisted: null,
      lastBackupAt: null,
      backupRevision: 0,
    }
    await put(database, 'meta', { id: 'settings', body: pack(forged, 1), mac: new Uint8Array(32) })
    expect((await status(worker)).who).toBe('')
    expect(await unlock(worker)).toMatchObject({ who: '', idleMinutes: 10 })
  })
})
