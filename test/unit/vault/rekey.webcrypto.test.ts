import { describe, expect, test } from 'vitest'
import { makeBackup, openBackup } from '../../../src/vault/backup.ts'
import { checkAll } from '../../../src/vault/check.ts'
import { openRecord } from '../../../src/vault/records.ts'
import { STORES, type KeyRecord } from '../../../src/vault/shapes.ts'
import { makeSealedKey, unlockSigningKey } from '../../../src/vault/signing-keys.ts'
import {
  issue,
  startWorker,
  createVault as createWorkerVault,
  ADA,
  PASSPHRASE as WORKER_PASSPHRASE,
} from '../../support/worker.ts'
import { connectVault, createVault, PASSPHRASE, RECOVERY, type TestVault } from '../../support/vault.ts'
import { ROUNDS } from '../../support/rounds.ts'

const OWN = 'a passphrase of its own'

/** A vault with one key sealed by the vault, one with a passphrase of its own, and some entries. */
async function filled(visibility: 'public' | 'sealed'): Promise<TestVault> {
  const made = await createVault(visibility)
  const { keys } = await made.vault.requireOpen()
  const own = { kind: 'passphrase', passphrase: OWN, label: 'own', iterations: ROUNDS } as const
  const vaults = await makeSealedKey('p256', 'k1', [{ kind: 'vault', wrappingKey: keys.wrapping }], 1)
  const its = await makeSealedKey('p256', 'k2', [own], 1)
  await made.vault.commit({
    writes: [
      { store: 'keys', id: 'k1', value: vaults, mode: 'add' },
      { store: 'keys', id: 'k2', value: its, mode: 'add' },
      { store: 'profiles', id: 'p', value: { json: '{}', savedAt: 1 }, mode: 'add' },
    ],
    entries: [made.vault.draft('profile-saved', 'p', 'Ada', '', 'p')],
    durability: 'strict',
  })
  await made.vault.changeSettings({ idleMinutes: 3 })
  return made
}

const slotIds = async ({ vault }: TestVault) => (await vault.header())!.sealed.slots.map(({ id }) => id)

async function everything({ vault }: TestVault): Promise<unknown> {
  return vault.database.getTables([...STORES, 'meta', 'journal'])
}

async function keyRecord({ vault }: TestVault, id: string): Promise<KeyRecord> {
  const open = await vault.requireOpen()
  return (await openRecord(open.keys, 'keys', (await open.database.get('keys', id))!))!.value
}

describe.each(['public', 'sealed'] as const)('re-keying a vault with %s names', (visibility) => {
  test('leaves it whole under the passphrases that were given, and nothing under the others', async () => {
    const made = await filled(visibility)
    const before = await made.vault.requireOpen()
    const [main] = await slotIds(made)
    const steps: number[] = []
    await made.vault.rekey([{ slotId: main!, passphrase: PASSPHRASE }], 'Ada', '', {
      progress: (done) => steps.push(done),
    })
    const after = await made.vault.requireOpen()
    expect((await checkAll(after)).problems).toEqual([])
    expect(steps.at(-1)).toBeGreaterThan(0)
    // Keys derived from the old secret open no record, no key and no head.
    expect((await checkAll(before)).problems).not.toEqual([])
    for (const store of ['keys', 'profiles'] as const)
      for (const stored of await after.database.getAll(store))
        expect(await openRecord(before.keys, store, stored)).toBe(null)
    const record = await keyRecord(made, 'k1')
    const signs = (wrappingKey: CryptoKey) => unlockSigningKey(record, 'k1', { kind: 'vault', wrappingKey })
    await expect(signs(before.keys.wrapping)).rejects.toMatchObject({ code: 'record-changed' })
    expect((await signs(after.keys.wrapping)).spki).toHaveLength(91)
    const own = await unlockSigningKey(await keyRecord(made, 'k2'), 'k2', {
      kind: 'passphrase',
      passphrase: OWN,
    })
    expect(own.spki).toHaveLength(91)
    await made.vault.lock('asked', 'Ada')
    await expect(made.vault.unlock(RECOVERY, 'Ada')).rejects.toMatchObject({ code: 'passphrase-wrong' })
    await made.vault.unlock(PASSPHRASE, 'Ada')
    expect(await made.vault.state()).toMatchObject({ problems: [], settings: { idleMinutes: 3 } })
  })

  test('stops what an old header and an old passphrase could do', async () => {
    const made = await filled(visibility)
    const old = (await made.vault.header())!
    const [main] = await slotIds(made)
    await made.vault.rekey([{ slotId: main!, passphrase: PASSPHRASE }], 'Ada', '')
    await made.vault.lock('asked', 'Ada')
    await made.vault.database.put('meta', old)
    await made.vault.unlock(RECOVERY, 'Ada')
    expect(await made.vault.requireOpen()).toMatchObject({ isReadOnly: true })
    const { keys } = await made.vault.requireOpen()
    const stored = (await made.vault.database.get('keys', 'k1'))!
    expect(await openRecord(keys, 'keys', stored)).toBe(null)
  })

  test('changes nothing when it is refused, cancelled or cannot be stored', async () => {
    const made = await filled(visibility)
    const [main, recovery] = await slotIds(made)
    const before = await everything(made)
    const kept = [{ slotId: main!, passphrase: PASSPHRASE }]
    const rekey = (given: typeof kept, options = {}) => made.vault.rekey(given, 'Ada', '', options)
    await expect(rekey([{ slotId: recovery!, passphrase: PASSPHRASE }])).rejects.toMatchObject({
      code: 'passphrase-wrong',
    })
    await expect(rekey([])).rejects.toMatchObject({ code: 'slot-last' })
    const abort = new AbortController()
    const progress = (done: number): void => (done > 0 ? abort.abort() : undefined)
    await expect(rekey(kept, { signal: abort.signal, progress })).rejects.toMatchObject({
      name: 'AbortError',
    })
    expect(await everything(made)).toEqual(before)
    expect((await made.vault.state()).problems).toEqual([])
    // An altered record is not sealed as if it were authentic.
    const harmed = (await made.vault.database.get('profiles', 'p'))!
    await made.vault.database.put('profiles', { ...harmed, body: harmed.body.map((octet) => octet ^ 1) })
    const harmedAll = await everything(made)
    await expect(rekey(kept)).rejects.toMatchObject({ code: 'record-changed', detail: { id: 'p' } })
    await made.vault.database.delete('profiles', 'p')
    await expect(rekey(kept)).rejects.toMatchObject({ code: 'record-changed' })
    await made.vault.database.put('profiles', { ...harmed, body: harmed.body.map((octet) => octet ^ 1) })
    expect(await everything(made)).toEqual(harmedAll)
  })

  test('locks the other tabs, and leaves backups of before as they were', async () => {
    const made = await filled(visibility)
    const file = await makeBackup(await made.vault.requireOpen(), null, 1)
    const other = await connectVault(made.name)
    await other.vault.unlock(PASSPHRASE, 'Ben')
    const [main] = await slotIds(made)
    await made.vault.rekey([{ slotId: main!, passphrase: PASSPHRASE }], 'Ada', '')
    await expect.poll(() => other.vault.opened).toBe(null)
    expect((await openBackup(file, RECOVERY)).header.vaultId).toBe((await made.vault.header())!.vaultId)
  })
})

test('serial numbers stay what occurs once below a CA, and CAs sign', async () => {
  const worker = startWorker()
  const { client } = worker
  await createWorkerVault(worker, 'sealed')
  const authorityId = (await issue(worker, { profileId: 'root', commonName: 'Root' })).authorityId!
  const { slots } = await client.call('vault.status', null)
  const kept = [{ slotId: slots[0]!.id, passphrase: WORKER_PASSPHRASE }]
  expect(await client.call('vault.rekey', { kept, actor: ADA })).toMatchObject({
    state: 'unlocked',
    problems: [],
  })
  const below = { authorityId, profileId: 'intermediate', commonName: 'Below' }
  expect((await issue(worker, below)).authorityId).toBeTruthy()
  expect((await client.call('vault.check', null)).problems).toEqual([])
  expect(await client.call('journal.verify', null)).toMatchObject({ problems: [] })
  worker.close()
})
