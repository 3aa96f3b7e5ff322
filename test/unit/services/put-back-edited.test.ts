/** A row of an earlier state that is put back and then edited here: the edit must not make it a current one. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { profileById } from '../../../src/ca/profiles.ts'
import { openDatabase } from '../../../src/vault/database.ts'
import type { Database, Step, WrittenTable } from '../../../src/vault/schema.ts'
import { ADA, hierarchy, issue, LIST, openedToday, type TestWorker } from '../../support/worker.ts'

let worker: TestWorker
let database: Database
let authorityId: string
let certificateId: string
beforeEach(async () => {
  worker = await openedToday()
  authorityId = (await hierarchy(worker)).intermediateId
  const wish = { profileId: 'tlsServer', commonName: 'a.example.com', names: ['a.example.com'] }
  certificateId = (await issue(worker, { authorityId, ...wish })).certificateId
  database = await openDatabase(worker.name)
})
afterEach(() => {
  database.close()
  worker.close()
})

/** Returns the function that puts back what this table holds now. */
async function kept(table: WrittenTable): Promise<() => Promise<void>> {
  const rows = (await database.getAll(table)) as never[]
  return () =>
    database.write(
      'strict',
      rows.map((value): Step => ({ do: 'put', table, value })),
    )
}

async function revokeAndPutBack(): Promise<void> {
  const putBack = await kept('certificates')
  const revoked = { certificateId, reason: 'keyCompromise', invalidityDate: null, actor: ADA } as const
  await worker.client.call('revocation.revoke', revoked)
  await putBack()
}

const changed = { code: 'record-changed', detail: { store: 'certificates' } }
const nextList = () => worker.client.call('list.sign', { ...LIST, authorityId })

test('a revocation whose record is put back is not lost by a tag', async () => {
  await revokeAndPutBack()
  const tagged = worker.client.call('inventory.tag', {
    ...{ ids: [certificateId], add: ['mail'], remove: [], actor: ADA },
  })
  await expect(tagged).rejects.toMatchObject(changed)
  await expect(nextList()).rejects.toMatchObject(changed)
})

test('nor by a hold in its place, which could be released', async () => {
  await revokeAndPutBack()
  const hold = { certificateId, reason: 'certificateHold', invalidityDate: null, actor: ADA } as const
  await expect(worker.client.call('revocation.revoke', hold)).rejects.toMatchObject(changed)
  await expect(nextList()).rejects.toMatchObject(changed)
})

test('a CA that was retired is not taken back by another certificate of it', async () => {
  const putBack = await kept('authorities')
  await worker.client.call('authority.retire', { authorityId, actor: ADA })
  await putBack()
  const again = worker.client.call('authority.retire', { authorityId, actor: ADA })
  await expect(again).rejects.toMatchObject({ code: 'record-changed', detail: { store: 'authorities' } })
})

test('a profile whose earlier row is put back issues nothing', async () => {
  const own = { ...profileById('tlsServer')!, id: 'ours', name: 'Ours', validity: { days: 30 } }
  await worker.client.call('profile.save', { profile: { ...own, validity: { days: 300 } }, actor: ADA })
  const putBack = await kept('profiles')
  await worker.client.call('profile.save', { profile: own, actor: ADA })
  await putBack()
  const wish = { profileId: 'ours', commonName: 'b.example.com', names: ['b.example.com'] }
  await expect(issue(worker, { authorityId, ...wish })).rejects.toMatchObject({
    code: 'record-changed',
    detail: { store: 'profiles' },
  })
})
