import { expect, test, vi } from 'vitest'
import { HEADER_VERSION } from '../../../src/vault/opening.ts'
import { makeBackup, openBackup, restoreBackup, summarizeBackup } from '../../../src/vault/backup.ts'
import { MOST_SLOTS } from '../../../src/vault/key-slots.ts'
import { joinLengths, pack, splitLengths, unpack } from '../../../src/vault/pack.ts'
import { utf8 } from '../../../src/octets.ts'
import type { Header, SealedKey, Slot } from '../../../src/vault/shapes.ts'
import { makeVaultKey, openVaultKey } from '../../../src/vault/vault-keys.ts'
import { seal, type Bytes } from '../../../src/webcrypto/seal.ts'
import { connectVault, createVault, PASSPHRASE, type TestVault } from '../../support/vault.ts'
import { ROUNDS } from '../../support/rounds.ts'

const AT = Date.UTC(2026, 10, 22)
const OWN = {
  kind: 'passphrase',
  passphrase: 'only for the backup',
  label: 'own',
  iterations: ROUNDS,
} as const
const FRONT = 'ROOTCELLAR BACKUP\n'.length + 1

const backupOf = async ({ vault }: TestVault, own: typeof OWN | null = null) =>
  makeBackup(await vault.requireOpen(), own, AT)

const partsOf = (file: Bytes): Bytes[] => splitLengths(file.subarray(FRONT))
const fileOf = (like: Bytes, parts: readonly Uint8Array[]): Bytes => {
  const file = joinLengths(parts, FRONT)
  file.set(like.subarray(0, FRONT))
  return file
}

/** The same backup encrypted with another passphrase. */
function withLock(file: Bytes, change: (lock: { sealed: SealedKey; backupId: string }) => void): Bytes {
  const [packed, ...frames] = partsOf(file)
  const lock = unpack(packed!) as { sealed: SealedKey; backupId: string }
  change(lock)
  return fileOf(file, [pack(lock), ...frames])
}

/** A backup made by someone who knows its passphrase, with these frames before the last. */
async function madeUp(like: Bytes, frames: readonly unknown[]): Promise<Bytes> {
  const keyId = 'made-up'
  const sealed = await makeVaultKey(keyId, [OWN], AT)
  const { backup } = await openVaultKey(keyId, sealed, OWN)
  const all = [...frames, { at: AT, table: 'meta', records: [], manifest: new Uint8Array(64) }]
  const closed = all.map((frame, index) => {
    const place = utf8(`${String(index)}${index === all.length - 1 ? ' last' : ''}`)
    return seal(
      backup,
      pack(frame),
      joinLengths([utf8('rootcellar backup 3'), utf8(keyId), utf8('b'), place]),
    )
  })
  return fileOf(like, [
    pack({ keyId, ofVault: false, sealed, backupId: 'b' }),
    ...(await Promise.all(closed)),
  ])
}

const codeOf = async (opening: Promise<unknown>) =>
  opening.then(
    () => 'opened',
    (error: unknown) => {
      const { code, detail } = error as { code?: string; detail?: { reason?: string } | null }
      return detail?.reason ?? code ?? String(error)
    },
  )

test('more slots than are tried are refused before the first derivation', async () => {
  const file = await backupOf(await createVault())
  const derive = vi.spyOn(crypto.subtle, 'deriveKey')
  const slots = (count: number) =>
    withLock(file, ({ sealed }) => {
      sealed.slots = Array.from({ length: count }, (): Slot => ({
        ...sealed.slots[0]!,
        wrapped: new Uint8Array(60),
      }))
    })
  expect(await codeOf(openBackup(slots(MOST_SLOTS + 1), PASSPHRASE))).toBe('slots-too-many')
  expect(await codeOf(openBackup(slots(20_000), PASSPHRASE))).toBe('slots-too-many')
  expect(derive).not.toHaveBeenCalled()
  expect(await codeOf(openBackup(slots(2), PASSPHRASE))).toBe('passphrase-wrong')
  derive.mockRestore()
})

test('a cancel is heard between two slots', async () => {
  const file = withLock(await backupOf(await createVault()), ({ sealed }) => {
    sealed.slots = Array.from({ length: MOST_SLOTS }, (): Slot => ({
      ...sealed.slots[0]!,
      wrapped: new Uint8Array(60),
    }))
  })
  const stop = new AbortController()
  const derive = vi.spyOn(crypto.subtle, 'deriveKey')
  const opening = openBackup(file, PASSPHRASE, stop.signal)
  stop.abort(new Error('stopped'))
  await expect(opening).rejects.toThrow('stopped')
  expect(derive.mock.calls.length).toBeLessThanOrEqual(1)
  derive.mockRestore()
})

test('a slot whose iterations were changed takes no other one with it', async () => {
  const made = await createVault()
  const file = await backupOf(made)
  const change = (iterations: number, from: number) =>
    withLock(file, ({ sealed }) => {
      sealed.slots = sealed.slots.map((slot, i) => (i < from ? ({ ...slot, iterations } as Slot) : slot))
    })
  expect(await codeOf(openBackup(change(1, 1), 'put away in the safe'))).toBe('opened')
  expect(await codeOf(openBackup(change(4e9, 2), PASSPHRASE))).toBe('iterations-out-of-range')
})

test('frames of two backups of one vault do not go together', async () => {
  const made = await createVault()
  const [one, other] = [await backupOf(made), await backupOf(made)]
  const [lock, ...frames] = partsOf(one)
  const others = partsOf(other)
  for (const index of frames.keys()) {
    const mixed = frames.with(index, others[index + 1]!)
    expect(await codeOf(openBackup(fileOf(one, [lock!, ...mixed]), PASSPHRASE))).toBe('changed')
  }
  expect(await codeOf(openBackup(fileOf(one, [lock!, ...frames.slice(1)]), PASSPHRASE))).toBe('changed')
})

test.each([
  ['a table __proto__', { at: AT, table: '__proto__', records: [{ id: 'a' }] }],
  ['a table constructor', { at: AT, table: 'constructor', records: [] }],
  ['a table that is none', { at: AT, table: 7, records: [] }],
  ['records that are no list', { at: AT, table: 'keys', records: { length: 3 } }],
  ['a time that is none', { at: 'yesterday', table: 'keys', records: [] }],
  ['a time beyond all dates', { at: 1e300, table: 'keys', records: [] }],
  ['nothing', null],
])('a made-up frame with %s is refused', async (_what, frame) => {
  const like = await backupOf(await createVault())
  expect(await codeOf(openBackup(await madeUp(like, [frame]), OWN.passphrase))).toBe('malformed')
})

test('of a backup with a passphrase of its own, where the vault is not here, nothing is said of records', async () => {
  const made = await createVault()
  const content = await openBackup(await backupOf(made, OWN), OWN.passphrase)
  expect(await summarizeBackup(content, null)).toMatchObject({ problems: [], recordsChecked: false })
  const open = await made.vault.requireOpen()
  const { readHead } = await import('../../../src/vault/open-vault.ts')
  const present = { open, head: (await readHead(open)).head }
  expect(await summarizeBackup(content, present)).toMatchObject({ problems: [], recordsChecked: true })
  const exchanged = { ...content, manifest: { ...content.manifest!, of: new Uint8Array(3) } }
  expect((await summarizeBackup(exchanged, present)).problems).toMatchObject([{ id: 'manifest' }])
})

test('junk in a made-up backup is named and never stored; what is restored still says how it stands', async () => {
  const made = await createVault()
  const like = await backupOf(made)
  const { tables } = await openBackup(like, PASSPHRASE)
  const mac = new Uint8Array(32)
  const certificates = [
    { id: 'a', body: new Uint8Array([0, 1, 2]), mac },
    { id: 'b', body: 'text', mac },
    { id: ['c'], body: pack({}, 1), mac },
    { id: 'd', parent: 'p', unique: '01', body: pack({ der: new Uint8Array(3) }, 1), mac },
    { id: 'e', parent: 'p', unique: '01', body: pack({ der: new Uint8Array(3) }, 1), mac },
    7,
  ]
  const journal = [{ id: 0, body: mac, hash: mac, mac }, ...tables.journal, { id: 'x' }]
  const settings = { id: 'settings', body: new Uint8Array([0, 0, 0]), mac }
  const meta = [...tables.meta.filter(({ id }) => id !== 'settings'), settings, { id: 'refusals', last: 7 }]
  const file = await madeUp(like, [
    { at: AT, table: 'meta', records: meta },
    { at: AT, table: 'certificates', records: certificates },
    { at: AT, table: 'journal', records: journal },
  ])
  const content = await openBackup(file, OWN.passphrase)
  const { problems, recordsChecked } = await summarizeBackup(content, null)
  expect(recordsChecked).toBe(false)
  expect(problems.map(({ store, id }) => `${store} ${id}`)).toEqual([
    'meta settings',
    'certificates a',
    'certificates b',
    'certificates ',
    'certificates e',
    'certificates ',
    'journal 0',
    'journal x',
  ])
  const elsewhere = await connectVault()
  const restore = { replace: false, at: AT, who: 'Ada', remark: '' }
  await restoreBackup(elsewhere.vault.database, content, restore)
  expect((await elsewhere.vault.state()).state).toBe('locked')
  expect(await elsewhere.vault.database.getAllKeys('certificates')).toEqual(['d'])
  await elsewhere.vault.unlock(PASSPHRASE, 'Ada')
  expect((await elsewhere.vault.state()).state).toBe('unlocked')
})

test.each([
  ['without a header', () => [], 'truncated'],
  ['whose header nobody can open', (header: Header) => [withSlots(header, [])], 'truncated'],
  [
    'of a later version of the vault',
    (header: Header) => [{ ...header, version: HEADER_VERSION + 1 }],
    'backup-newer',
  ],
])('a made-up backup %s is refused before it replaces anything', async (_what, change, code) => {
  const made = await createVault()
  const like = await backupOf(made)
  const { tables, header } = await openBackup(like, PASSPHRASE)
  const meta = [...tables.meta.filter(({ id }) => id !== 'vault'), ...change(header)]
  expect(
    await codeOf(openBackup(await madeUp(like, [{ at: AT, table: 'meta', records: meta }]), OWN.passphrase)),
  ).toBe(code)
})

const withSlots = (header: Header, slots: Slot[]): Header => ({
  ...header,
  sealed: { ...header.sealed, slots },
})
