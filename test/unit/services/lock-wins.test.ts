import { expect, test, vi } from 'vitest'
import { openDatabase } from '../../../src/vault/database.ts'
import { ADA, createVault, issue, PASSPHRASE, ownWorker } from '../../support/worker.ts'
import type { TestWorker } from '../../support/worker.ts'
import { doAllRounds } from '../../support/rounds.ts'

doAllRounds()

// Locking while something is being opened: the lock wins, in this tab and by a notice from another.

const OWN = { kind: 'own-passphrase', passphrase: 'a passphrase of its own' } as const

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 30))
const stateOf = async ({ client }: TestWorker) => (await client.call('vault.status', null)).state
const lock = ({ client }: TestWorker) => client.call('vault.lock', null)
const unlock = ({ client }: TestWorker, passphrase = PASSPHRASE) =>
  client.call('vault.unlock', { passphrase, actor: ADA })
const meanwhile = { code: 'locked-meanwhile' }

test('an unlock', async () => {
  const worker = ownWorker()
  await createVault(worker)
  await lock(worker)
  const unlocking = expect(unlock(worker)).rejects.toMatchObject(meanwhile)
  await pause()
  await lock(worker)
  await unlocking
  expect(await stateOf(worker)).toBe('locked')
  expect(await unlock(worker)).toMatchObject({ state: 'unlocked', problems: [] })
})

test('two unlocks at once', async () => {
  const worker = ownWorker()
  await createVault(worker)
  await lock(worker)
  const unlocking = Promise.all(
    [unlock(worker), unlock(worker)].map((each) => expect(each).rejects.toMatchObject(meanwhile)),
  )
  await pause()
  await lock(worker)
  await unlocking
  expect(await stateOf(worker)).toBe('locked')
})

test('an unlock while another tab is locked', async () => {
  const worker = ownWorker()
  await createVault(worker)
  const other = ownWorker(worker.name, worker.clock)
  const unlocking = expect(unlock(other)).rejects.toMatchObject(meanwhile)
  await pause()
  await lock(worker)
  await unlocking
  expect([await stateOf(worker), await stateOf(other)]).toEqual(['locked', 'locked'])
})

test('a creation', async () => {
  const worker = ownWorker()
  const creating = createVault(worker).then(
    () => 'made',
    (error: unknown) => (error as { code: string }).code,
  )
  await pause()
  await lock(worker)
  expect(await creating).toBe('locked-meanwhile')
  // Nothing was stored.
  expect(await stateOf(worker)).toBe('absent')
  expect(await createVault(worker)).toMatchObject({ state: 'unlocked' })
})

test('a restore', async () => {
  const worker = ownWorker()
  await createVault(worker)
  const { file } = await worker.client.call('vault.backup', { passphrase: null, actor: ADA })
  const restore = ({ client }: TestWorker) =>
    client.call('vault.restore', { file: file.bytes, passphrase: PASSPHRASE, replace: true, actor: ADA })
  const other = ownWorker()
  const restoring = restore(other).then(
    ({ status }) => status.state,
    (error: unknown) => (error as { code: string }).code,
  )
  await pause()
  await lock(other)
  expect(await restoring).toBe('locked-meanwhile')
  expect(await stateOf(other)).toBe('absent')
  expect((await restore(other)).status).toMatchObject({ state: 'unlocked' })
})

test('a re-keying', async () => {
  const worker = ownWorker()
  const { slots } = await createVault(worker)
  // As soon as it derives the first key: a busy machine's timer may come after the end of it.
  const begun = new Promise<void>((resolve) => {
    const derive = crypto.subtle.deriveKey.bind(crypto.subtle)
    vi.spyOn(crypto.subtle, 'deriveKey').mockImplementationOnce((...as) => {
      resolve()
      return derive(...as)
    })
  })
  const rekeying = worker.client
    .call('vault.rekey', { kept: [{ slotId: slots[0]!.id, passphrase: PASSPHRASE }], actor: ADA })
    .then(
      () => 'done',
      (error: unknown) => (error as { code: string }).code,
    )
  await begun
  await lock(worker)
  expect(await rekeying).toBe('locked-meanwhile')
  expect(await unlock(worker)).toMatchObject({ slots, problems: [] })
})

test('a check of all records: nothing of what it found is shown', async () => {
  const worker = ownWorker()
  await createVault(worker)
  const { certificateId } = await issue(worker, { profileId: 'root', commonName: 'Secret Root' })
  const database = await openDatabase(worker.name)
  await database.delete('certificates', certificateId)
  database.close()
  const checking = expect(worker.client.call('vault.check', null)).rejects.toMatchObject(meanwhile)
  await lock(worker)
  await checking
  expect((await worker.client.call('vault.status', null)).problems).toEqual([])
})

test('where the database is gone: locking succeeds all the same', async () => {
  const worker = ownWorker()
  await createVault(worker)
  await new Promise((resolve) => {
    indexedDB.deleteDatabase(worker.name).onsuccess = resolve
  })
  expect(await lock(worker)).toMatchObject({ state: 'locked' })
})

test('a CA’s own key', async () => {
  const worker = ownWorker()
  await createVault(worker)
  const { authorityId } = await issue(worker, { profileId: 'root', commonName: 'Guarded', caKey: OWN })
  const opening = worker.client
    .call('authority.unlock', { authorityId: authorityId!, passphrase: OWN.passphrase, actor: ADA })
    .catch(() => null)
  await pause()
  await lock(worker)
  await opening
  await unlock(worker)
  expect((await worker.client.call('authority.list', null))[0]).toMatchObject({ ready: false })
})
