import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../../src/vault/database.ts'
import type { Database, Step, WrittenTable } from '../../../src/vault/schema.ts'
import {
  ADA,
  hierarchy,
  issue,
  LIST,
  openedToday,
  PASSPHRASE,
  RESPONSES,
  type TestWorker,
} from '../../support/worker.ts'

// Another page of the same origin puts single rows of an earlier state back: each has a valid MAC.

let worker: TestWorker
let database: Database
let rootId: string
let intermediateId: string
beforeEach(async () => {
  worker = await openedToday()
  ;({ rootId, intermediateId } = await hierarchy(worker))
  database = await openDatabase(worker.name)
})
afterEach(() => {
  database.close()
  worker.close()
})

type Table = 'authorities' | 'keys' | 'certificates'

/** Returns the function that puts back what these tables hold now. */
async function kept(...tables: Table[]): Promise<() => Promise<void>> {
  const all = (await database.getTables(tables)) as never[][]
  return async () => {
    const steps = tables.flatMap((table, at) => all[at]!.map((value): Step => ({ do: 'put', table, value })))
    await database.write('strict', steps)
  }
}

async function cleared(table: WrittenTable): Promise<void> {
  const keys = await database.getAllKeys(table)
  await database.write(
    'strict',
    keys.map((key): Step => ({ do: 'delete', table, key: key as string })),
  )
}

async function reopened(): Promise<void> {
  await worker.client.call('vault.lock', null)
  await worker.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
}

const LEAF = { profileId: 'tlsServer', commonName: 'a.example.com', names: ['a.example.com'] }
const leafOf = (authorityId: string) => issue(worker, { authorityId, ...LEAF })
const listOf = (authorityId: string) => worker.client.call('list.sign', { ...LIST, authorityId })
const responsesOf = (authorityId: string, responderId: string) =>
  worker.client.call('response.sign', { ...RESPONSES, authorityId, responderId })
const responderOf = async (authorityId: string) =>
  (await issue(worker, { authorityId, profileId: 'ocspSigner', commonName: 'Responder' })).certificateId
const revoke = (certificateId: string) =>
  worker.client.call('revocation.revoke', {
    certificateId,
    reason: 'keyCompromise',
    invalidityDate: null,
    actor: ADA,
  })
const stored = async () => ({
  certificates: await database.count('certificates'),
  lists: await database.count('lists'),
})

test('a retired CA whose record is put back signs nothing, open or opened again', async () => {
  const putBack = await kept('authorities')
  await worker.client.call('authority.retire', { authorityId: intermediateId, actor: ADA })
  await putBack()
  const before = await stored()
  const earlier = { code: 'record-changed', detail: { store: 'authorities', id: intermediateId } }
  await expect(leafOf(intermediateId)).rejects.toMatchObject(earlier)
  await expect(listOf(intermediateId)).rejects.toMatchObject(earlier)
  await reopened()
  const changed = { code: 'store-changed', detail: { store: 'authorities' } }
  await expect(leafOf(intermediateId)).rejects.toMatchObject(changed)
  // Which record it was is not known.
  await expect(leafOf(rootId)).rejects.toMatchObject(changed)
  expect(await stored()).toEqual(before)
})

test('a destroyed key that is put back with its records signs nothing', async () => {
  const putBack = await kept('authorities', 'keys', 'certificates')
  await worker.client.call('authority.destroyKey', {
    authorityId: intermediateId,
    typedName: 'Example Issuing CA',
    seen: [],
    vaultPassphrase: PASSPHRASE,
    actor: ADA,
  })
  await putBack()
  await expect(leafOf(intermediateId)).rejects.toMatchObject({ code: 'record-changed' })
  await reopened()
  await expect(leafOf(intermediateId)).rejects.toMatchObject({ code: 'store-changed' })
})

test('a CA whose revocation is taken back signs nothing', async () => {
  const putBack = await kept('certificates')
  const all = await worker.client.call('authority.list', null)
  const { certificateId } = all.find(({ id }) => id === intermediateId)!
  await revoke(certificateId)
  await putBack()
  const before = await stored()
  const changed = { code: 'record-changed', detail: { store: 'certificates', id: certificateId } }
  await expect(leafOf(intermediateId)).rejects.toMatchObject(changed)
  await reopened()
  await expect(leafOf(intermediateId)).rejects.toMatchObject(changed)
  await expect(listOf(rootId)).rejects.toMatchObject(changed)
  await cleared('catalogue')
  await reopened()
  const unknown = { code: 'store-changed', detail: { store: 'certificates' } }
  await expect(leafOf(intermediateId)).rejects.toMatchObject(unknown)
  await expect(listOf(rootId)).rejects.toMatchObject(unknown)
  expect(await stored()).toEqual(before)
})

test('no list and no response is signed without a revocation whose record is put back', async () => {
  const { certificateId } = await leafOf(intermediateId)
  const responderId = await responderOf(intermediateId)
  const putBack = await kept('certificates')
  await revoke(certificateId)
  await putBack()
  const changed = { code: 'record-changed', detail: { store: 'certificates', id: certificateId } }
  await expect(listOf(intermediateId)).rejects.toMatchObject(changed)
  await expect(responsesOf(intermediateId, responderId)).rejects.toMatchObject(changed)
  await cleared('catalogue')
  const all = { code: 'store-changed', detail: { store: 'certificates' } }
  await expect(listOf(intermediateId)).rejects.toMatchObject(all)
  await expect(responsesOf(intermediateId, responderId)).rejects.toMatchObject(all)
  await reopened()
  await expect(listOf(intermediateId)).rejects.toMatchObject(all)
  await expect(responsesOf(intermediateId, responderId)).rejects.toMatchObject(all)
  // Its key is known to others, but which certificates were revoked for that is not known.
  await expect(leafOf(intermediateId)).rejects.toMatchObject(all)
})

test('no list and no response is signed without a hold whose record is put back', async () => {
  const { certificateId } = await leafOf(intermediateId)
  const responderId = await responderOf(intermediateId)
  const putBack = await kept('certificates')
  const hold = { certificateId, reason: 'certificateHold', invalidityDate: null, actor: ADA } as const
  await worker.client.call('revocation.revoke', hold)
  await putBack()
  const changed = { code: 'record-changed', detail: { store: 'certificates', id: certificateId } }
  await expect(listOf(intermediateId)).rejects.toMatchObject(changed)
  await expect(responsesOf(intermediateId, responderId)).rejects.toMatchObject(changed)
})

test('a responder whose revocation is taken back signs nothing', async () => {
  await leafOf(intermediateId)
  const responderId = await responderOf(intermediateId)
  const putBack = await kept('certificates')
  const hold = {
    certificateId: responderId,
    reason: 'certificateHold',
    invalidityDate: null,
    actor: ADA,
  } as const
  await worker.client.call('revocation.revoke', hold)
  await putBack()
  await expect(responsesOf(intermediateId, responderId)).rejects.toMatchObject({
    code: 'record-changed',
    detail: { store: 'certificates', id: responderId },
  })
})

test('no list is signed without a record that was removed', async () => {
  const { certificateId } = await leafOf(intermediateId)
  await revoke(certificateId)
  await database.delete('certificates', certificateId)
  await expect(listOf(intermediateId)).rejects.toMatchObject({ code: 'record-changed' })
  await cleared('catalogue')
  await expect(listOf(intermediateId)).rejects.toMatchObject({ code: 'store-changed' })
})

test('a catalogue that was removed is rebuilt from sound records, and signing goes on', async () => {
  const { certificateId } = await leafOf(intermediateId)
  await revoke(certificateId)
  await cleared('catalogue')
  expect((await listOf(intermediateId)).lists[0]!.entries).toBe(1)
  await cleared('catalogue')
  await leafOf(intermediateId)
  await reopened()
  expect((await listOf(intermediateId)).lists[0]!.entries).toBe(1)
})
