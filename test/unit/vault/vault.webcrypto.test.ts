import { describe, expect, test, vi } from 'vitest'
import { addPassphrase, changePassphrase, removeSlot } from '../../../src/vault/ways-in.ts'
import { checkAll } from '../../../src/vault/check.ts'
import type { Write } from '../../../src/vault/commit.ts'
import { MOST_SLOTS } from '../../../src/vault/key-slots.ts'
import { openRecord } from '../../../src/vault/records.ts'
import type { CertificateRecord, StoredRecord } from '../../../src/vault/shapes.ts'
import { connectVault, createVault, PASSPHRASE, RECOVERY, type TestVault } from '../../support/vault.ts'
import { doAllRounds } from '../../support/rounds.ts'

doAllRounds()

const certificate = (id: string, name = id): CertificateRecord => ({
  der: new TextEncoder().encode(`certificate ${name}`),
  authorityId: 'ca',
  ownAuthorityId: null,
  profileId: 'tlsServer',
  createdAt: 0,
  createdBy: 'Ada',
  key: 'brought',
  keyId: null,
  status: 'good',
  tags: [],
  notes: '',
})

function write(id: string, serialNumber = id): Write {
  return { store: 'certificates', id, value: certificate(id), mode: 'add', parent: 'ca', serialNumber }
}

async function issue({ vault }: TestVault, ...ids: string[]): Promise<void> {
  const entries = ids.map((id) => vault.draft('certificate-issued', `name of ${id}`, 'Ada', '', id))
  await vault.commit({ writes: ids.map((id) => write(id)), entries, durability: 'strict' })
}

const problems = async ({ vault }: TestVault) => (await checkAll(await vault.requireOpen())).problems

async function edit(
  made: TestVault,
  id: string,
  change: (record: StoredRecord) => StoredRecord,
): Promise<void> {
  const record = await made.vault.database.get('certificates', id)
  await made.vault.database.put('certificates', change(record!))
}

describe('the passphrases', () => {
  test('a wrong one is refused, and the refusal is in the journal after the next unlock', async () => {
    const { vault } = await createVault()
    await vault.lock('asked', 'Ada')
    await expect(vault.unlock('not the passphrase', 'Eve')).rejects.toMatchObject({
      code: 'passphrase-wrong',
      detail: { slots: 2 },
    })
    expect((await vault.state()).state).toBe('locked')
    await vault.unlock(PASSPHRASE, 'Ada')
    const acts = (await vault.database.getAll('journal')).map(({ body }) => new TextDecoder().decode(body))
    expect(
      acts.filter((text) => text.includes('"vault-unlock-refused"') && text.includes('"Eve"')),
    ).toHaveLength(1)
  })

  test('the recovery passphrase opens too, and the same text in another Unicode form', async () => {
    const { vault } = await createVault()
    await addPassphrase(vault, 'Caf\u00e9 au lait, sans sucre', 'coffee', {
      current: RECOVERY,
      who: 'Ada',
      remark: '',
    })
    await vault.lock('asked', 'Ada')
    await vault.unlock('Cafe\u0301 au lait, sans sucre', 'Ada')
    expect((await vault.state()).state).toBe('unlocked')
  })

  test('after a change the old one opens no more and the new one does', async () => {
    const { vault } = await createVault()
    const main = (await vault.header())!.sealed.slots[0]!
    await changePassphrase(vault, main.id, 'another river, another bank', {
      current: PASSPHRASE,
      who: 'Ada',
      remark: '',
    })
    await vault.lock('asked', 'Ada')
    await expect(vault.unlock(PASSPHRASE, 'Ada')).rejects.toMatchObject({ code: 'passphrase-wrong' })
    await vault.unlock('another river, another bank', 'Ada')
    expect((await vault.state()).problems).toEqual([])
  })

  test('a slot is removed by one who knows a passphrase, but not the last', async () => {
    const { vault } = await createVault()
    const [main, recovery] = (await vault.header())!.sealed.slots
    await expect(
      removeSlot(vault, recovery!.id, { current: 'nobody knows', who: 'Ada', remark: '' }),
    ).rejects.toMatchObject({
      code: 'passphrase-wrong',
    })
    await removeSlot(vault, recovery!.id, { current: PASSPHRASE, who: 'Ada', remark: '' })
    await expect(
      removeSlot(vault, main!.id, { current: PASSPHRASE, who: 'Ada', remark: '' }),
    ).rejects.toMatchObject({
      code: 'slot-last',
    })
    await vault.lock('asked', 'Ada')
    await expect(vault.unlock(RECOVERY, 'Ada')).rejects.toMatchObject({ code: 'passphrase-wrong' })
  })

  test('a slot is not removed with its own passphrase, which would lock out an operator who has no other', async () => {
    const { vault } = await createVault()
    const [main, recovery] = (await vault.header())!.sealed.slots
    const remove = (slotId: string, current: string) =>
      removeSlot(vault, slotId, { current, who: 'Ada', remark: '' })
    await expect(remove(recovery!.id, RECOVERY)).rejects.toMatchObject({ code: 'slot-needed' })
    await expect(remove(main!.id, PASSPHRASE)).rejects.toMatchObject({ code: 'slot-needed' })
    expect((await vault.header())!.sealed.slots).toHaveLength(2)
    await changePassphrase(vault, recovery!.id, PASSPHRASE, { current: PASSPHRASE, who: 'Ada', remark: '' })
    // The same one opens the other slot too.
    await remove(main!.id, PASSPHRASE)
    await vault.lock('asked', 'Ada')
    await vault.unlock(PASSPHRASE, 'Ada')
  })

  test('sixteen open the vault and a seventeenth is refused; at sixteen each can still be changed', async () => {
    const { vault } = await createVault()
    for (let count = 2; count < MOST_SLOTS; count++)
      await addPassphrase(vault, `the passphrase of keeper ${String(count)}`, 'x', {
        current: PASSPHRASE,
        who: 'Ada',
        remark: '',
      })
    const derive = vi.spyOn(crypto.subtle, 'deriveKey')
    await expect(
      addPassphrase(vault, 'one that is too many', 'x', { current: PASSPHRASE, who: 'Ada', remark: '' }),
    ).rejects.toMatchObject({
      code: 'slots-too-many',
      detail: { found: MOST_SLOTS + 1, limit: MOST_SLOTS },
    })
    expect(derive).not.toHaveBeenCalled()
    derive.mockRestore()
    const [main] = (await vault.header())!.sealed.slots
    await changePassphrase(vault, main!.id, 'another river, another bank', {
      current: PASSPHRASE,
      who: 'Ada',
      remark: '',
    })
    expect((await vault.header())!.sealed.slots).toHaveLength(MOST_SLOTS)
    await vault.lock('asked', 'Ada')
    await vault.unlock('another river, another bank', 'Ada')
    expect((await vault.state()).problems).toEqual([])
  })

  test('a passphrase that is removed in one tab does not come back with one that another adds meanwhile', async () => {
    const first = await createVault()
    const second = await connectVault(first.name)
    await second.vault.unlock(PASSPHRASE, 'Ada')
    const [, recovery] = (await first.vault.header())!.sealed.slots
    const adding = addPassphrase(second.vault, 'a second river is added', 'x', {
      current: PASSPHRASE,
      who: 'Ada',
      remark: '',
    })
    const removing = removeSlot(first.vault, recovery!.id, { current: PASSPHRASE, who: 'Ada', remark: '' })
    const results = await Promise.allSettled([adding, removing])
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'record-outdated' })
    const removed = results[1].status === 'fulfilled'
    const ids = (await first.vault.header())!.sealed.slots.map(({ id }) => id)
    expect(ids.includes(recovery!.id)).toBe(!removed)
    expect(results.map(({ status }) => status)).toContain('fulfilled')
  })

  test('a cancel ends the adding and the changing of one, and nothing has changed', async () => {
    const { vault } = await createVault()
    const [main] = (await vault.header())!.sealed.slots
    const acts: ((signal: AbortSignal) => Promise<void>)[] = [
      (signal) =>
        addPassphrase(vault, 'a second river is added', 'x', {
          current: RECOVERY,
          who: 'Ada',
          remark: '',
          signal,
        }),
      (signal) =>
        changePassphrase(vault, main!.id, 'another river, another bank', {
          current: RECOVERY,
          who: 'Ada',
          remark: '',
          signal,
        }),
      (signal) => removeSlot(vault, main!.id, { current: RECOVERY, who: 'Ada', remark: '', signal }),
      (signal) => vault.unlock(RECOVERY, 'Ada', '', signal),
    ]
    const before = await vault.header()
    for (const act of acts) {
      const stop = new AbortController()
      const acting = act(stop.signal)
      stop.abort(new Error('stopped'))
      await expect(acting).rejects.toThrow('stopped')
    }
    expect(await vault.header()).toEqual(before)
  })

  test('one that is too short makes no vault', async () => {
    const { vault } = await connectVault()
    const input = {
      passphrase: 'short',
      recoveryPassphrase: null,
      visibility: 'public',
      who: '',
      remark: '',
    } as const
    await expect(vault.create(input)).rejects.toMatchObject({ code: 'passphrase-too-short' })
    expect((await vault.state()).state).toBe('absent')
  })

  test('iterations that were set low beside a slot are refused', async () => {
    const made = await createVault()
    await made.vault.lock('asked', 'Ada')
    const header = (await made.vault.header())!
    const slots = header.sealed.slots.map((slot) => ({ ...slot, iterations: 1000 }))
    await made.vault.database.put('meta', { ...header, sealed: { ...header.sealed, slots } })
    await expect(made.vault.unlock(PASSPHRASE, 'Ada')).rejects.toMatchObject({
      code: 'iterations-out-of-range',
    })
  })

  test('an older header put back is noticed at unlock', async () => {
    const { vault } = await createVault()
    const old = (await vault.header())!
    await changePassphrase(vault, old.sealed.slots[0]!.id, 'another river, another bank', {
      current: PASSPHRASE,
      who: 'Ada',
      remark: '',
    })
    await vault.lock('asked', 'Ada')
    await vault.database.put('meta', old)
    await vault.unlock(PASSPHRASE, 'Ada')
    expect((await vault.state()).problems).toMatchObject([{ store: 'meta', id: 'vault', kind: 'changed' }])
  })
})

describe('what is stored', () => {
  test('is there after locking, unlocking and another connection', async () => {
    const made = await createVault()
    await issue(made, 'one', 'two')
    made.vault.close()
    const again = await connectVault(made.name)
    expect((await again.vault.state()).state).toBe('locked')
    await again.vault.unlock(PASSPHRASE, 'Ada')
    expect(await problems(again)).toEqual([])
    const { keys } = await again.vault.requireOpen()
    const stored = (await again.vault.database.get('certificates', 'two'))!
    const opened = await openRecord(keys, 'certificates', stored)
    expect(opened?.value).toEqual(certificate('two'))
  })

  test('a changed record does not open and is named', async () => {
    const made = await createVault()
    await issue(made, 'one', 'two')
    await edit(made, 'one', (record) => ({
      ...record,
      body: record.body.map((octet, at) => (at === 9 ? octet ^ 1 : octet)),
    }))
    expect(await problems(made)).toMatchObject([{ store: 'certificates', id: 'one', kind: 'changed' }])
  })

  test('two swapped records do not open and are both named', async () => {
    const made = await createVault('sealed')
    await issue(made, 'one', 'two')
    const one = (await made.vault.database.get('certificates', 'one'))!
    const two = (await made.vault.database.get('certificates', 'two'))!
    await edit(made, 'one', ({ unique, parent }) => ({ ...two, id: 'one', unique: unique!, parent: parent! }))
    await edit(made, 'two', ({ unique, parent }) => ({ ...one, id: 'two', unique: unique!, parent: parent! }))
    expect((await problems(made)).map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'one changed',
      'two changed',
    ])
  })

  test('a missing record is named by what the journal knows of it', async () => {
    const made = await createVault()
    await issue(made, 'one', 'two')
    await made.vault.database.delete('certificates', 'one')
    expect(await problems(made)).toMatchObject([
      { store: 'certificates', kind: 'missing', name: '1/2' },
      { store: 'certificates', id: 'one', kind: 'missing', name: 'name of one' },
    ])
  })

  test('an older state of one record, put back, breaks the sum', async () => {
    const made = await createVault()
    await issue(made, 'one')
    const old = (await made.vault.database.get('certificates', 'one'))!
    const value = { ...certificate('one'), notes: 'compromised' }
    const entries = [made.vault.draft('certificate-noted', 'one', 'Ada', '')]
    await made.vault.commit({
      writes: [{ store: 'certificates', id: 'one', value, mode: 'put', parent: 'ca', serialNumber: 'one' }],
      entries,
      durability: 'strict',
    })
    expect(await problems(made)).toEqual([])
    await made.vault.database.put('certificates', old)
    expect(await problems(made)).toMatchObject([{ store: 'certificates', kind: 'changed' }])
  })

  test('with sealed names, no name, serial number or remark lies readable in the database', async () => {
    const made = await createVault('sealed')
    await issue(made, 'secretname')
    const tables = await Promise.all(
      (['meta', 'certificates', 'journal'] as const).map((table) => made.vault.database.getAll(table)),
    )
    const octets = (value: unknown): string =>
      value instanceof Uint8Array
        ? new TextDecoder('latin1').decode(value)
        : typeof value === 'object' && value !== null
          ? Object.values(value).map(octets).join('\n')
          : String(value)
    const dump = octets(tables.flat().map((record) => ('parent' in record ? { ...record, id: '' } : record)))
    expect(dump).not.toContain('secretname')
    expect(dump).not.toContain('Ada')
    expect(dump).not.toContain('certificate-issued')
  })
})

describe('writing', () => {
  test('one serial number twice below an authority is refused, and nothing of that write stays', async () => {
    const made = await createVault()
    await issue(made, 'one')
    const entries = [made.vault.draft('certificate-issued', 'x', 'Ada', '', 'x')]
    const again = made.vault.commit({ writes: [write('x', 'one')], entries, durability: 'strict' })
    await expect(again).rejects.toMatchObject({ code: 'serial-taken', detail: { serialNumber: 'one' } })
    expect(await made.vault.database.count('certificates')).toBe(1)
    expect(await problems(made)).toEqual([])
  })

  test('two tabs that write at once lose nothing', async () => {
    const first = await createVault()
    const second = await connectVault(first.name)
    await second.vault.unlock(PASSPHRASE, 'Bob')
    const ids = Array.from({ length: 20 }, (_, index) => `c${index}`)
    await Promise.all(ids.map((id, index) => issue(index % 2 ? first : second, id)))
    expect(await first.vault.database.count('certificates')).toBe(20)
    expect(await problems(second)).toEqual([])
  })

  test("two tabs that change settings at once keep each other's", async () => {
    const first = await createVault()
    const second = await connectVault(first.name)
    await second.vault.unlock(PASSPHRASE, 'Ada')
    const backup = (revision: number) => ({ lastBackupAt: 7, backupRevision: revision })
    await Promise.all([
      first.vault.changeSettings({ idleMinutes: 3 }),
      second.vault.changeSettings({ persisted: true }),
      first.vault.changeSettings({ who: 'Ben' }),
      second.vault.changeSettings(backup),
    ])
    const whole = { idleMinutes: 3, persisted: true, who: 'Ben', lastBackupAt: 7 }
    for (const { vault } of [first, second]) await expect.poll(() => vault.settings).toMatchObject(whole)
    const third = await connectVault(first.name)
    await third.vault.unlock(PASSPHRASE, 'Ada')
    expect(third.vault.settings).toMatchObject(whole)
    expect(await problems(third)).toEqual([])
  })

  test('a vault that is re-keyed in one tab keeps the settings that another made', async () => {
    const first = await createVault()
    const second = await connectVault(first.name)
    await second.vault.unlock(PASSPHRASE, 'Ada')
    await second.vault.changeSettings({ idleMinutes: 3 })
    const [main] = (await first.vault.header())!.sealed.slots
    await first.vault.rekey([{ slotId: main!.id, passphrase: PASSPHRASE }], 'Ada', '')
    expect(first.vault.settings.idleMinutes).toBe(3)
    await first.vault.lock('asked', 'Ada')
    await first.vault.unlock(PASSPHRASE, 'Ada')
    expect(first.vault.settings.idleMinutes).toBe(3)
  })

  test('settings that were forged in an open vault are not taken over by the next change', async () => {
    const first = await createVault()
    await first.vault.changeSettings({ idleMinutes: 3 })
    const old = (await first.vault.database.get('meta', 'settings'))!
    await first.vault.changeSettings({ idleMinutes: 5 })
    await first.vault.database.put('meta', old)
    await first.vault.changeSettings({ who: 'Ben' })
    await first.vault.lock('asked', 'Ada')
    await first.vault.unlock(PASSPHRASE, 'Ada')
    expect(first.vault.settings).toMatchObject({ idleMinutes: 5, who: 'Ben' })
  })

  test('a full storage leaves nothing half-written', async () => {
    const made = await createVault()
    const { IDBObjectStore } = globalThis
    const prototype = IDBObjectStore.prototype
    const { value: add } = Object.getOwnPropertyDescriptor(prototype, 'add') as {
      value: IDBObjectStore['add']
    }
    let allowed = 2
    IDBObjectStore.prototype.add = function (...input) {
      if (allowed-- > 0) return add.apply(this, input)
      throw new DOMException('full', 'QuotaExceededError')
    }
    await expect(issue(made, 'one', 'two', 'three')).rejects.toMatchObject({ code: 'storage-full' })
    IDBObjectStore.prototype.add = add
    expect(await made.vault.database.count('certificates')).toBe(0)
    expect(await problems(made)).toEqual([])
    await issue(made, 'one')
  })

  test('locking in one tab locks the other', async () => {
    const first = await createVault()
    const second = await connectVault(first.name)
    await second.vault.unlock(PASSPHRASE, 'Bob')
    await first.vault.lock('asked', 'Ada')
    await expect.poll(async () => (await second.vault.state()).state).toBe('locked')
    expect(second.notices).toContainEqual({ kind: 'locked', reason: 'other-tab' })
    await expect(issue(second, 'one')).rejects.toMatchObject({ code: 'vault-locked' })
  })

  test('a clock behind the last entry must be confirmed', async () => {
    const { vault, clock } = await createVault()
    await vault.checkClock(false)
    clock.now -= 3_600_000
    await expect(vault.checkClock(false)).rejects.toMatchObject({ code: 'clock-behind' })
    await vault.checkClock(true)
  })
})

test('the check rests after each batch, and ends where it is told to while it rests', async () => {
  const made = await createVault()
  for (let from = 0; from < 600; from += 200)
    await issue(made, ...Array.from({ length: 200 }, (_, at) => `c${String(from + at)}`))
  const open = await made.vault.requireOpen()
  const controller = new AbortController()
  let rests = 0
  const pace = (): Promise<void> => {
    if (++rests === 2) controller.abort()
    return Promise.resolve()
  }
  await expect(checkAll(open, { pace, signal: controller.signal })).rejects.toMatchObject({
    name: 'AbortError',
  })
  expect(rests).toBe(2)
  expect((await checkAll(open)).problems).toEqual([])
})
