import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../../src/vault/database.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import { issued, request } from '../../support/authority.ts'
import { debianBundle } from '../../support/roots.ts'
import { ADA, createVault, hierarchy, PASSPHRASE, startWorker } from '../../support/worker.ts'
import type { TestWorker } from '../../support/worker.ts'

const at = new Date('2026-11-21T12:00:00Z')
const top = await issued('root', request('Root'), null)
const other = await issued('root', request('Other root'), null)
const server = await issued('tlsServer', request('www.example.com'), top)

const bundle = (...all: { certificate: { der: Uint8Array } }[]) => [
  {
    name: 'bundle.pem',
    bytes: new TextEncoder().encode(
      all.map(({ certificate }) => encodePem('CERTIFICATE', certificate.der)).join(''),
    ),
  },
]
const read = ({ client }: TestWorker, files: { name: string; bytes: Uint8Array }[]) =>
  client.call('validate.read', { files, passwords: [], add: false })
const keep = (
  { client }: TestWorker,
  name: string,
  certificates: number[],
  place: 'vault' | 'visit' = 'vault',
) => client.call('validate.addStore', { name, from: { kind: 'pile', certificates }, keep: place, actor: ADA })
const verdict = async ({ client }: TestWorker, stores: string[]) => {
  const options = { at, purpose: 'serverAuth', profile: 'path' } as const
  return (await client.call('validate.run', { target: 0, stores, trusted: [], options })).report.verdict
}
const names = async ({ client }: TestWorker) =>
  (await client.call('validate.stores', null)).map(
    ({ name, kind, count }) => `${name} ${kind} ${String(count)}`,
  )

describe('a trust store kept in the vault', () => {
  test('validates while the vault is open, is gone while it is locked, and comes back', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    await read(worker, bundle(top))
    const { id } = await keep(worker, 'Ours', [0])
    await read(worker, bundle(server))
    expect([await names(worker), await verdict(worker, [id])]).toEqual([['Ours vault 1'], 'valid'])
    await client.call('vault.lock', null)
    expect([await names(worker), await verdict(worker, [id])]).toEqual([[], 'invalid'])
    await client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
    expect([await names(worker), await verdict(worker, [id])]).toEqual([['Ours vault 1'], 'valid'])
    worker.close()
  })

  test('is not believed when it was removed and its row is put back', async () => {
    const worker = startWorker()
    await createVault(worker)
    await read(worker, bundle(top, server))
    const { id } = await keep(worker, 'Ours', [0])
    const database = await openDatabase(worker.name)
    const [row] = await database.getAll('trustStores')
    await worker.client.call('validate.removeStore', { id, actor: ADA })
    await database.put('trustStores', row!)
    await expect(verdict(worker, [id])).rejects.toMatchObject({ detail: { store: 'trustStores' } })
    database.close()
    worker.close()
  })

  test('is removed, and the journal tells both; the check of all records misses nothing', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    await read(worker, bundle(top, server))
    const { id } = await keep(worker, 'Ours', [0])
    await client.call('validate.removeStore', { id, actor: { ...ADA, remark: 'replaced' } })
    expect([await names(worker), await verdict(worker, [id])]).toEqual([[], 'invalid'])
    const { entries } = await client.call('journal.list', { offset: 0, limit: 2 })
    expect(entries.map(({ act, subject, remark }) => `${act} ${subject} ${remark}`)).toEqual([
      'trust-store-removed Ours replaced',
      'trust-store-kept Ours ',
    ])
    expect((await client.call('vault.check', null)).problems).toEqual([])
    worker.close()
  })

  test('is in a backup, and is there again where that is restored', async () => {
    const worker = startWorker()
    await createVault(worker)
    await read(worker, bundle(top))
    await keep(worker, 'Ours', [0])
    const { file } = await worker.client.call('vault.backup', { passphrase: null, actor: ADA })
    worker.close()
    const other = startWorker()
    await other.client.call('vault.restore', {
      file: file.bytes,
      passphrase: PASSPHRASE,
      replace: false,
      actor: ADA,
    })
    if ((await other.client.call('vault.status', null)).state !== 'unlocked')
      await other.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
    expect(await names(other)).toEqual(['Ours vault 1'])
    other.close()
  })

  test('is renamed, and certificates come and go; the verdict and the journal follow', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    await read(worker, bundle(server, top, other))
    const { id } = await keep(worker, 'Ours', [1, 1])
    const change = (name: string, without: string[], certificates: number[]) =>
      client.call('validate.changeStore', {
        ...{ id, name, without, actor: ADA },
        add: certificates.length > 0 ? { kind: 'pile', certificates } : null,
      })
    await change('Both', [], [2, 1])
    expect([await names(worker), await verdict(worker, [id])]).toEqual([['Both vault 2'], 'valid'])
    const contents = await client.call('validate.storeContents', { id })
    expect(contents.map(({ subject }) => subject)).toEqual(['CN=Root', 'CN=Other root'])
    await change('Both', [contents[0]!.fingerprint], [])
    expect([await names(worker), await verdict(worker, [id])]).toEqual([['Both vault 1'], 'invalid'])
    await change('Both', [], [])
    const { entries } = await client.call('journal.list', { offset: 0, limit: 4 })
    expect(entries.map(({ act, subject }) => `${act} ${subject}`)).toEqual([
      'trust-store-changed Both · +0 −1',
      'trust-store-changed Both · +1 −0',
      'trust-store-renamed Ours · Both',
      'trust-store-kept Ours',
    ])
    expect((await client.call('vault.check', null)).problems).toEqual([])
    worker.close()
  })

  test('is not emptied, nor named as another; a store for this visit is changed like one that is kept', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    await read(worker, bundle(server, top, other))
    await keep(worker, 'Ours', [1])
    const { id } = await keep(worker, 'Visiting', [2], 'visit')
    const whole = { id, name: 'Visiting', without: [], add: null, actor: ADA }
    const [anchor] = await client.call('validate.storeContents', { id })
    const without = [anchor!.fingerprint]
    await expect(client.call('validate.changeStore', { ...whole, name: 'Ours' })).rejects.toMatchObject({
      code: 'trust-store-name-taken',
    })
    await expect(client.call('validate.changeStore', { ...whole, without })).rejects.toMatchObject({
      code: 'trust-store-empty',
    })
    const add = { kind: 'pile', certificates: [1] } as const
    await client.call('validate.changeStore', { ...whole, name: 'Guest', without, add })
    expect([await names(worker), await verdict(worker, [id])]).toEqual([
      ['Ours vault 1', 'Guest visit 1'],
      'valid',
    ])
    await expect(client.call('validate.storeContents', { id: 'gone' })).rejects.toMatchObject({
      code: 'record-missing',
    })
    worker.close()
  })

  test('is not kept without a name, under a name that is taken, empty, or while the vault is locked', async () => {
    const worker = startWorker()
    await createVault(worker)
    await read(worker, bundle(top))
    await keep(worker, 'Ours', [0], 'visit')
    await expect(keep(worker, ' ', [0])).rejects.toMatchObject({ code: 'trust-store-unnamed' })
    await expect(keep(worker, 'x'.repeat(201), [0])).rejects.toMatchObject({ code: 'trust-store-name-long' })
    await expect(keep(worker, 'Ours', [0])).rejects.toMatchObject({ code: 'trust-store-name-taken' })
    await expect(keep(worker, 'None', [])).rejects.toMatchObject({ code: 'trust-store-empty' })
    const many = Array.from({ length: 2001 }, () => 0)
    await expect(keep(worker, 'Many', many)).rejects.toMatchObject({ code: 'trust-store-too-large' })
    await worker.client.call('vault.lock', null)
    await expect(keep(worker, 'Late', [0])).rejects.toMatchObject({ code: 'vault-locked' })
    expect(await names(worker)).toEqual(['Ours visit 1'])
    worker.close()
  })

  test('holds the roots of the hierarchy as they are now', async () => {
    const worker = startWorker()
    await createVault(worker)
    await hierarchy(worker)
    const from = { kind: 'hierarchy' } as const
    await worker.client.call('validate.addStore', { name: 'As of today', from, keep: 'vault', actor: ADA })
    expect(await names(worker)).toEqual([' hierarchy 1', 'As of today vault 1'])
    worker.close()
  })

  test('one store is not answered with another that was asked before it', async () => {
    const worker = startWorker()
    await createVault(worker)
    await read(worker, bundle(server, top, other))
    const { id: ours } = await keep(worker, 'Ours', [1])
    const { id: theirs } = await keep(worker, 'Theirs', [2])
    expect([await verdict(worker, [ours]), await verdict(worker, [theirs])]).toEqual(['valid', 'invalid'])
    expect(await verdict(worker, [ours])).toBe('valid')
    worker.close()
  })
})

describe('a trust store that two tabs change', () => {
  test.each([0, 1, 2, 3, 4])('does not come back when it is removed at the same time (%i)', async (later) => {
    const worker = startWorker()
    await createVault(worker)
    await read(worker, bundle(top, other))
    const { id } = await keep(worker, 'Ours', [0])
    const tab = startWorker(worker.name, worker.clock)
    await tab.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
    const change = { id, name: 'Renamed', without: [], add: null, actor: ADA }
    const changing = worker.client.call('validate.changeStore', change).catch((error: unknown) => error)
    for (let i = 0; i < later; i++) await worker.client.call('validate.stores', null)
    await tab.client.call('validate.removeStore', { id, actor: ADA })
    await changing
    expect(await names(tab)).toEqual([])
    const { entries } = await tab.client.call('journal.list', { offset: 0, limit: 100 })
    expect(entries.filter(({ act }) => act === 'trust-store-removed')).toHaveLength(1)
    await expect(worker.client.call('validate.changeStore', change)).rejects.toMatchObject({
      code: 'record-missing',
    })
    expect((await tab.client.call('vault.check', null)).problems).toEqual([])
    worker.close()
    tab.close()
  })

  test('keeps what either takes out', async () => {
    const worker = startWorker()
    await createVault(worker)
    await read(worker, bundle(top, other, server))
    const { id } = await keep(worker, 'Ours', [0, 1, 2])
    const tab = startWorker(worker.name, worker.clock)
    await tab.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
    const prints = (await tab.client.call('validate.storeContents', { id })).map(
      ({ fingerprint }) => fingerprint,
    )
    await Promise.all(
      [worker, tab].map(({ client }, i) =>
        client.call('validate.changeStore', {
          id,
          name: 'Ours',
          without: [prints[i]!],
          add: null,
          actor: ADA,
        }),
      ),
    )
    expect(await names(tab)).toEqual(['Ours vault 1'])
    worker.close()
    tab.close()
  })
})

test("the whole of Debian's ca-certificates.crt is kept as one store", async () => {
  const bytes = new Uint8Array(debianBundle())
  const worker = startWorker()
  await createVault(worker)
  const { guess, total } = await read(worker, [{ name: 'ca-certificates.crt', bytes }])
  expect([total > 100, guess.roots.length]).toEqual([true, total])
  await keep(worker, 'Debian', [...guess.roots])
  expect(await names(worker)).toEqual([`Debian vault ${String(total)}`])
  worker.close()
})
