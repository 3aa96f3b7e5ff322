import { describe, expect, test } from 'vitest'
import { addPassphrase, changePassphrase, removeSlot } from '../../../src/vault/ways-in.ts'
import { makeBackup, openBackup, readBackup, summarizeBackup } from '../../../src/vault/backup.ts'
import { checkAll } from '../../../src/vault/check.ts'
import { MOST_SLOTS } from '../../../src/vault/key-slots.ts'
import type { Header, Slot } from '../../../src/vault/shapes.ts'
import { makeVaultKey } from '../../../src/vault/vault-keys.ts'
import { headerIn } from '../../../src/vault/while-locked.ts'
import { connectVault, createVault, PASSPHRASE, RECOVERY, type TestVault } from '../../support/vault.ts'
import { ROUNDS } from '../../support/rounds.ts'

const THEIRS = 'nobody gave me this phrase'
const NEXT = 'a third and unusual phrase'

const headerOf = async ({ vault }: TestVault): Promise<Header> => (await vault.header())!

async function putSlots(made: TestVault, change: (slots: Slot[]) => Slot[]): Promise<void> {
  const header = await headerOf(made)
  const sealed = { ...header.sealed, slots: change(header.sealed.slots) }
  await made.vault.database.put('meta', { ...header, sealed })
}

/** A slot made of what anyone can read in the header: it wraps a secret of its own. */
async function forgedSlot(made: TestVault): Promise<Slot> {
  const source = { kind: 'passphrase', passphrase: THEIRS, label: 'main', iterations: ROUNDS } as const
  return (await makeVaultKey((await headerOf(made)).vaultId, [source], 1)).slots[0]!
}

/** Removes the recovery slot, and puts it back as another page could. */
async function putBackRemoved(made: TestVault): Promise<void> {
  const removed = (await headerOf(made)).sealed.slots[1]!
  await removeSlot(made.vault, removed.id, { current: PASSPHRASE, who: 'Ada', remark: '' })
  await putSlots(made, (slots) => [...slots, removed])
}

const headerChanged = { code: 'record-changed', detail: { store: 'meta', id: 'vault' } }

describe.each([
  [
    'a forged slot',
    async (made: TestVault) => {
      const slot = await forgedSlot(made)
      await putSlots(made, (slots) => [...slots, slot])
    },
  ],
  ['a removed slot that was put back', putBackRemoved],
] as const)('%s in the header of an open vault', (_what, harm) => {
  test('confirms no passphrase, and changes none', async () => {
    const made = await createVault()
    const { vault } = made
    await harm(made)
    const stored = await headerOf(made)
    const [main] = stored.sealed.slots
    for (const passphrase of [THEIRS, RECOVERY, PASSPHRASE])
      await expect(vault.confirmPassphrase(passphrase)).rejects.toMatchObject(headerChanged)
    // Each begins once the one before has ended: a rejection that nobody awaits yet fails the run.
    for (const change of [
      () => changePassphrase(vault, main!.id, NEXT, { current: PASSPHRASE, who: 'Ada', remark: '' }),
      () => addPassphrase(vault, NEXT, 'new', { current: PASSPHRASE, who: 'Ada', remark: '' }),
      () => removeSlot(vault, main!.id, { current: PASSPHRASE, who: 'Ada', remark: '' }),
      () => vault.rekey([{ slotId: main!.id, passphrase: PASSPHRASE }], 'Ada', ''),
    ])
      await expect(change()).rejects.toMatchObject(headerChanged)
    expect(await headerOf(made)).toEqual(stored)
  })

  test('is reported, and gets into no backup', async () => {
    const made = await createVault()
    await harm(made)
    const problem = { store: 'meta', id: 'vault', kind: 'changed' }
    expect((await made.vault.state()).problems).toMatchObject([problem])
    const open = await made.vault.requireOpen()
    expect((await checkAll(open)).problems).toMatchObject([problem])
    await expect(makeBackup(open, null, 1)).rejects.toMatchObject(headerChanged)
  })

  test('is not in the backup of the vault that it makes read-only', async () => {
    const made = await createVault()
    await harm(made)
    await made.vault.lock('asked', 'Ada')
    await made.vault.unlock(PASSPHRASE, 'Ada')
    const open = await made.vault.requireOpen()
    expect(open.isReadOnly).toBe(true)
    const file = await makeBackup(open, null, 1)
    for (const passphrase of [THEIRS, RECOVERY])
      await expect(openBackup(file, passphrase)).rejects.toMatchObject({ code: 'passphrase-wrong' })
    expect((await openBackup(file, PASSPHRASE)).header.sealed.slots).toMatchObject([{ label: 'main' }])
  })
})

test('a change of the header compares what is stored, not its MAC alone', async () => {
  const made = await createVault()
  const from = await headerOf(made)
  const slots = from.sealed.slots.slice(0, 1)
  const next = { ...from, sealed: { ...from.sealed, slots } }
  const change = (basis: Header) =>
    made.vault.commit({ header: { from: basis, next }, entries: [], durability: 'strict' })
  await putSlots(made, ([main, recovery]) => [main!, recovery!, { ...recovery!, id: 'another' }])
  const harmed = await headerOf(made)
  await expect(change(from)).rejects.toMatchObject({ code: 'record-outdated' })
  await expect(change(harmed)).rejects.toMatchObject(headerChanged)
  expect(await headerOf(made)).toEqual(harmed)
  await made.vault.database.put('meta', from)
  await change(from)
  expect((await headerOf(made)).sealed.slots).toEqual(slots)
})

test('in a read-only vault a passphrase counts only for the secret that is open', async () => {
  const made = await createVault()
  const header = await headerOf(made)
  await made.vault.lock('asked', 'Ada')
  await made.vault.database.put('meta', { ...header, createdAt: 1 })
  await made.vault.unlock(PASSPHRASE, 'Ada')
  expect((await made.vault.confirmPassphrase(RECOVERY)).label).toBe('recovery')
  const source = { kind: 'passphrase', passphrase: THEIRS, label: 'main', iterations: ROUNDS } as const
  const sealed = await makeVaultKey(header.vaultId, [source], 1)
  await made.vault.database.put('meta', { ...header, sealed })
  await expect(made.vault.confirmPassphrase(THEIRS)).rejects.toMatchObject(headerChanged)
})

test('slots that anyone put before those of the owner do not keep the owner out', async () => {
  const made = await createVault()
  await made.vault.lock('asked', 'Ada')
  const costly = { iterations: 10_000_000, wrapped: new Uint8Array(60) }
  await putSlots(made, (slots) => [
    ...Array.from({ length: 3 * MOST_SLOTS }, (_, n): Slot => ({ ...slots[0]!, id: `x${n}`, ...costly })),
    ...slots,
  ])
  await made.vault.unlock(PASSPHRASE, 'Ada')
  const open = await made.vault.requireOpen()
  expect(open.isReadOnly).toBe(true)
  expect((await made.vault.state()).problems).toMatchObject([{ store: 'meta', id: 'vault' }])
  const content = await readBackup(await makeBackup(open, null, 1), open.keys, null)
  expect(content.header.sealed.slots).toMatchObject([{ label: 'main' }])
  expect((await summarizeBackup(content, null)).problems).toMatchObject([
    { store: 'meta', id: 'vault', kind: 'changed' },
  ])
})

test('re-keying leaves a passphrase that another tab changes meanwhile', async () => {
  const made = await createVault()
  const other = await connectVault(made.name)
  await other.vault.unlock(PASSPHRASE, 'Ben')
  const [main] = (await headerOf(made)).sealed.slots
  // The other tab writes after the re-keying has read the header, and before it builds on the head.
  const iterations = made.vault.iterations.bind(made.vault)
  made.vault.iterations = async () => {
    await changePassphrase(other.vault, main!.id, NEXT, { current: PASSPHRASE, who: 'Ben', remark: '' })
    return iterations()
  }
  await expect(
    made.vault.rekey([{ slotId: main!.id, passphrase: PASSPHRASE }], 'Ada', ''),
  ).rejects.toMatchObject({ code: 'record-outdated', detail: { id: 'vault' } })
  await made.vault.lock('asked', 'Ada')
  await expect(made.vault.unlock(PASSPHRASE, 'Ada')).rejects.toMatchObject({ code: 'passphrase-wrong' })
  await made.vault.unlock(NEXT, 'Ada')
  expect((await made.vault.state()).problems).toEqual([])
})

test('re-keying compares the stored header in its transaction', async () => {
  const made = await createVault()
  const header = await headerOf(made)
  const [main] = header.sealed.slots
  const harmed = { ...header, sealed: { ...header.sealed, slots: [main!] } }
  const progress = (done: number): void => {
    if (done === 0) void made.vault.database.put('meta', harmed)
  }
  const kept = [{ slotId: main!.id, passphrase: PASSPHRASE }]
  await expect(made.vault.rekey(kept, 'Ada', '', { progress })).rejects.toMatchObject({
    code: 'record-outdated',
  })
  expect(await headerOf(made)).toEqual(harmed)
})

test('a list of slots of any length is read to a limit', async () => {
  const header = await headerOf(await createVault())
  let reads = 0
  const slots = new Proxy(
    Array.from({ length: 100_000 }, () => null),
    {
      get: (list, name) => {
        reads++
        return Reflect.get(list, name) as unknown
      },
    },
  )
  for (const [at, slot] of header.sealed.slots.entries()) Reflect.set(slots, at, slot)
  expect(headerIn({ ...header, sealed: { ...header.sealed, slots } })).toEqual(header)
  expect(reads).toBeLessThan(2_000)
})
