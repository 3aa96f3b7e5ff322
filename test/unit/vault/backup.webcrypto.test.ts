import { describe, expect, test } from 'vitest'
import { makeBackup, openBackup, restoreBackup, summarizeBackup } from '../../../src/vault/backup.ts'
import { checkAll } from '../../../src/vault/check.ts'
import { readHead } from '../../../src/vault/open-vault.ts'
import { makeSealedKey, unlockSigningKey } from '../../../src/vault/signing-keys.ts'
import { connectVault, createVault, PASSPHRASE, RECOVERY, type TestVault } from '../../support/vault.ts'
import { ROUNDS } from '../../support/rounds.ts'

const AT = Date.UTC(2026, 10, 22)
const OWN = {
  kind: 'passphrase',
  passphrase: 'only for the backup',
  label: 'backup',
  iterations: ROUNDS,
} as const
const RESTORE = { replace: false, at: AT, who: 'Ada', remark: 'new laptop' }

async function storeKey({ vault }: TestVault): Promise<void> {
  const { keys } = await vault.requireOpen()
  const value = await makeSealedKey('p256', 'k1', [{ kind: 'vault', wrappingKey: keys.wrapping }], AT)
  const entries = [vault.draft('authority-created', 'Root', 'Ada', '', null)]
  await vault.commit({
    writes: [{ store: 'keys', id: 'k1', value, mode: 'add' }],
    entries,
    durability: 'strict',
  })
}

async function backup({ vault }: TestVault, own: typeof OWN | null = null) {
  return makeBackup(await vault.requireOpen(), own, AT)
}

async function present({ vault }: TestVault) {
  const open = await vault.requireOpen()
  return { open, head: (await readHead(open)).head }
}

describe.each(['public', 'sealed'] as const)('a backup of a vault with %s names', (visibility) => {
  test('restores elsewhere, opens with each passphrase of the vault, and its keys sign', async () => {
    const made = await createVault(visibility)
    await storeKey(made)
    const content = await openBackup(await backup(made), RECOVERY)
    const elsewhere = await connectVault()
    await restoreBackup(elsewhere.vault.database, content, RESTORE)
    await elsewhere.vault.unlock(PASSPHRASE, 'Ada')
    const open = await elsewhere.vault.requireOpen()
    expect((await checkAll(open)).problems).toEqual([])
    const stored = (await open.database.get('keys', 'k1'))!
    const { openRecord } = await import('../../../src/vault/records.ts')
    const record = (await openRecord(open.keys, 'keys', stored))!.value
    const key = await unlockSigningKey(record, 'k1', { kind: 'vault', wrappingKey: open.keys.wrapping })
    expect(key.spki).toHaveLength(91)
  })

  test('says what it holds and how it stands to what is here', async () => {
    const made = await createVault(visibility)
    await storeKey(made)
    const content = await openBackup(await backup(made), PASSPHRASE)
    const summary = await summarizeBackup(content, await present(made))
    expect(summary).toMatchObject({
      madeAt: AT,
      counts: { keys: 1, journal: 2 },
      compared: 'same',
      problems: [],
    })
    expect(summary.head).toEqual((await made.vault.state()).head)
    await made.vault.commit({
      entries: [made.vault.draft('profile-saved', 'x', 'Ada', '')],
      durability: 'strict',
    })
    expect((await summarizeBackup(content, await present(made))).compared).toBe('older')
    expect((await summarizeBackup(content, await present(await createVault()))).compared).toBe('other-vault')
    expect((await summarizeBackup(content, null)).compared).toBe(null)
  })
})

test('a backup with a passphrase of its own opens with that one alone', async () => {
  const made = await createVault()
  const file = await backup(made, OWN)
  await expect(openBackup(file, PASSPHRASE)).rejects.toMatchObject({ code: 'passphrase-wrong' })
  expect((await openBackup(file, OWN.passphrase)).keys).toBe(null)
})

test('a restore does not replace a vault unless told to, and is in its journal', async () => {
  const made = await createVault()
  const content = await openBackup(await backup(made), PASSPHRASE)
  const other = await createVault()
  await expect(restoreBackup(other.vault.database, content, RESTORE)).rejects.toMatchObject({
    code: 'vault-exists',
  })
  await restoreBackup(other.vault.database, content, { ...RESTORE, replace: true })
  other.vault.replaced()
  await other.vault.unlock(PASSPHRASE, 'Ada')
  const entries = (await other.vault.database.getAll('journal')).map(({ body }) =>
    new TextDecoder().decode(body),
  )
  expect(
    entries.filter((text) => text.includes('"backup-restored"') && text.includes('new laptop')),
  ).toHaveLength(1)
  expect(await other.vault.database.get('meta', 'refusals')).toBe(undefined)
})

test('a damaged, cut or foreign file is refused with its reason, and a changed octet anywhere is noticed', async () => {
  const made = await createVault()
  const file = await backup(made)
  const reason = async (bytes: Uint8Array) => {
    const error: unknown = await openBackup(bytes, PASSPHRASE).catch((error: unknown) => error)
    return error instanceof Error && 'detail' in error ? (error.detail ?? error) : error
  }
  expect(await reason(new Uint8Array(0))).toEqual({ reason: 'not-a-backup' })
  expect(await reason(new TextEncoder().encode('-----BEGIN CERTIFICATE-----'))).toEqual({
    reason: 'not-a-backup',
  })
  expect(await reason(file.subarray(0, file.length - 1))).toEqual({ reason: 'truncated' })
  const newer = file.slice()
  newer[18] = 4
  expect(await reason(newer)).toEqual({ found: 4, known: 3 })
  const damaged = file.slice()
  damaged[file.length - 20]! ^= 1
  expect(await reason(damaged)).toEqual({ reason: 'changed' })
})
