import { expect, test } from 'vitest'
import { openDatabase } from '../../../src/vault/database.ts'
import { requireRecord } from '../../../src/vault/reading.ts'
import type { AuthorityRecord } from '../../../src/vault/shapes.ts'
import { connectVault, createVault, PASSPHRASE } from '../../support/vault.ts'

const AUTHORITY: AuthorityRecord = {
  parentId: null,
  certificateId: 'one',
  key: 'vault',
  keyId: 'key',
  createdAt: 0,
  retiredAt: null,
}

const put = (id: string, value: AuthorityRecord) =>
  ({ writes: [{ store: 'authorities', id, value, mode: 'put' }], entries: [], durability: 'strict' }) as const

test('a change is not made on a record that was put back, even while it is made', async () => {
  const { vault, name } = await createVault()
  const database = await openDatabase(name)
  await vault.commit(put('ca', AUTHORITY))
  const stored = await database.get('authorities', 'ca')
  const before = await requireRecord(vault, 'authorities', 'ca')
  const change = { entries: [], durability: 'strict' } as const
  await vault.commit({ ...change, basedOn: [before], current: [before] })

  await vault.commit(put('ca', { ...AUTHORITY, retiredAt: 1 }))
  const retired = await requireRecord(vault, 'authorities', 'ca')
  await vault.commit({ ...change, basedOn: [retired], current: [retired] })
  // The sum has been compared: the records are not read again, but this one is not among them.
  await database.put('authorities', stored!)
  const basedOn = [await requireRecord(vault, 'authorities', 'ca')]
  await vault.commit({ ...change, basedOn })
  await expect(vault.commit({ ...change, basedOn, current: basedOn })).rejects.toMatchObject({
    code: 'record-changed',
    detail: { store: 'authorities', id: 'ca' },
  })
  await vault.commit(put('other', AUTHORITY))
  await expect(vault.commit({ ...change, basedOn, current: basedOn })).rejects.toMatchObject({
    code: 'record-changed',
  })
  // Another tab has summed nothing yet.
  const { vault: other } = await connectVault(name)
  await other.unlock(PASSPHRASE, 'Ada')
  await expect(other.commit({ ...change, basedOn, current: basedOn })).rejects.toMatchObject({
    code: 'store-changed',
  })
  database.close()
})

test('a change that was computed from the certificates is not made after another was written', async () => {
  const { vault } = await createVault()
  const certificates = { count: 1, mark: '0'.repeat(32) }
  await expect(vault.commit({ entries: [], durability: 'strict', certificates })).rejects.toMatchObject({
    code: 'record-outdated',
    detail: { store: 'certificates' },
  })
})
