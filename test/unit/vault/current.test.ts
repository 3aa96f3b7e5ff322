import { expect, test, vi } from 'vitest'
import { requireWhole } from '../../../src/vault/current.ts'
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

test('what another tab has stored since is added to the sum, and what it did not store is found', async () => {
  const { vault: one, name } = await createVault()
  const { vault: two } = await connectVault(name)
  await two.unlock(PASSPHRASE, 'Ada')
  const change = { entries: [], durability: 'strict' } as const
  const inTwo = async (id: string): Promise<unknown> => {
    const basedOn = [await requireRecord(two, 'authorities', id)]
    return two.commit({ ...change, basedOn, current: basedOn })
  }
  for (const id of ['first', 'second', 'third']) await one.commit(put(id, AUTHORITY))
  await inTwo('first')
  const whole = vi.spyOn(two.database, 'getAll')
  await one.commit(put('fourth', AUTHORITY))
  await one.commit(put('fifth', AUTHORITY))
  await inTwo('fourth')
  expect(whole.mock.calls.filter(([store]) => store === 'authorities')).toEqual([])
  // A changed one is no addition: all is summed.
  await one.commit(put('second', { ...AUTHORITY, retiredAt: 1 }))
  await inTwo('second')
  expect(whole.mock.calls.filter(([store]) => store === 'authorities')).not.toEqual([])

  const database = await openDatabase(name)
  const taken = await database.get('authorities', 'third')
  await database.delete('authorities', 'third')
  await one.commit(put('sixth', AUTHORITY))
  await expect(inTwo('sixth')).rejects.toMatchObject({ code: 'store-changed' })
  await database.put('authorities', taken!)
  await inTwo('sixth')
  // As many as there should be, but one of them under another name.
  await database.delete('authorities', 'third')
  await database.put('authorities', { ...taken!, id: 'seventh' })
  await one.commit(put('eighth', AUTHORITY))
  await expect(inTwo('eighth')).rejects.toMatchObject({ code: 'record-changed' })
  database.close()
})

test('two that ask for the same sum at the same time cost one reading', async () => {
  const { vault, name } = await createVault()
  await vault.commit(put('ca', AUTHORITY))
  const { vault: other } = await connectVault(name)
  await other.unlock(PASSPHRASE, 'Ada')
  const whole = vi.spyOn(other.database, 'getAll')
  const opened = other.opened!
  const asked = await Promise.all([1, 2, 3].map(() => requireWhole(opened, 'authorities')))
  expect(asked.map(({ ids }) => ids)).toEqual([['ca'], ['ca'], ['ca']])
  // The second reading finds nothing more.
  expect(whole.mock.calls.filter(([store]) => store === 'authorities')).toHaveLength(2)
})
