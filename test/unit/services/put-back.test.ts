import { expect, test } from 'vitest'
import { openDatabase } from '../../../src/vault/database.ts'
import { TABLES, type Database, type Step } from '../../../src/vault/schema.ts'
import { makeVaultKey } from '../../../src/vault/vault-keys.ts'
import { ADA, createVault, hierarchy, issue, PASSPHRASE, ownWorker } from '../../support/worker.ts'
import { ROUNDS } from '../../support/rounds.ts'

// Another page of the same origin can write into the storage of a vault that is open here.

const THEIRS = 'nobody gave me this phrase'
const FILE = 'totally unusual words 77'

async function opened() {
  const worker = ownWorker()
  await createVault(worker)
  const { rootId, intermediateId } = await hierarchy(worker)
  const leaf = { profileId: 'tlsServer', commonName: 'a.example.com', names: ['a.example.com'] }
  const sign = () => issue(worker, { authorityId: intermediateId, ...leaf })
  const exportKey = (vaultPassphrase: string) =>
    worker.client.call('authority.exportKey', {
      authorityId: rootId,
      vaultPassphrase,
      keyPassphrase: null,
      filePassphrase: FILE,
      format: 'pkcs8',
      actor: ADA,
    })
  const destroyKey = (vaultPassphrase: string) =>
    worker.client.call('authority.destroyKey', {
      authorityId: intermediateId,
      typedName: 'Example Issuing CA',
      seen: [],
      vaultPassphrase,
      actor: ADA,
    })
  return { worker, database: await openDatabase(worker.name), sign, exportKey, destroyKey }
}

async function putBack(database: Database, tables: unknown[][]): Promise<void> {
  const steps = TABLES.flatMap((table, index) => [
    { do: 'clear', table } as const,
    ...tables[index]!.map((value) => ({ do: 'put', table, value }) as Step),
  ])
  await database.write('strict', steps)
}

test('a slot that was written into the header lets no key out and destroys none', async () => {
  const { worker, database, sign, exportKey, destroyKey } = await opened()
  const { certificateId } = await sign()
  const header = await database.get('meta', 'vault')
  if (!header || !('vaultId' in header)) throw new Error('no header')
  const source = { kind: 'passphrase', passphrase: THEIRS, label: 'main', iterations: ROUNDS } as const
  const { slots } = await makeVaultKey(header.vaultId, [source], 1)
  await database.put('meta', {
    ...header,
    sealed: { ...header.sealed, slots: [...header.sealed.slots, ...slots] },
  })
  const changed = { code: 'record-changed', detail: { store: 'meta', id: 'vault' } }
  await expect(exportKey(THEIRS)).rejects.toMatchObject(changed)
  await expect(destroyKey(THEIRS)).rejects.toMatchObject(changed)
  const protection = { kind: 'plain', understood: true, vaultPassphrase: THEIRS } as const
  await expect(
    worker.client.call('certificate.export', {
      certificateId,
      what: 'private-key',
      format: 'pem',
      includeRoot: false,
      protection,
      actor: ADA,
    }),
  ).rejects.toMatchObject(changed)
  await expect(worker.client.call('vault.backup', { passphrase: null, actor: ADA })).rejects.toMatchObject(
    changed,
  )
  const { problems } = await worker.client.call('vault.status', null)
  expect(problems).toMatchObject([{ store: 'meta', id: 'vault', kind: 'changed' }])
  await database.put('meta', header)
  expect((await worker.client.call('vault.status', null)).problems).toEqual([])
  expect((await exportKey(PASSPHRASE)).bytes.length).toBeGreaterThan(0)
})

test('an earlier state neither brings a destroyed key back nor takes an entry out of the journal', async () => {
  const { worker, database, sign, exportKey, destroyKey } = await opened()
  const before = await database.getTables(TABLES)
  await exportKey(PASSPHRASE)
  await destroyKey(PASSPHRASE)
  const after = await database.getTables(TABLES)
  await putBack(database, before)
  await expect(sign()).rejects.toMatchObject({ code: 'vault-earlier' })
  await expect(exportKey(PASSPHRASE)).rejects.toMatchObject({ code: 'vault-earlier' })
  await expect(worker.client.call('journal.verify', null)).rejects.toMatchObject({ code: 'vault-earlier' })
  expect(await database.getTables(TABLES)).toEqual(before)
  await putBack(database, after)
  await expect(sign()).rejects.toThrow()
  expect((await worker.client.call('vault.check', null)).problems).toEqual([])
})
