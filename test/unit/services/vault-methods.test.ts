import { describe, expect, test } from 'vitest'
import { startWorker, type TestWorker } from '../../support/worker.ts'
import { ROUNDS } from '../../support/rounds.ts'

const ADA = { who: 'Ada', remark: 'first light' }
const PASSPHRASE = 'correct horses eat lemon bread'

async function createVault({ client }: TestWorker, visibility: 'public' | 'sealed' = 'public') {
  return client.call('vault.create', {
    passphrase: PASSPHRASE,
    recoveryPassphrase: 'put away in the safe',
    visibility,
    actor: ADA,
  })
}

describe('the vault, over the border', () => {
  test('is absent, then open with two slots, then locked, then open again', async () => {
    const worker = startWorker()
    const { client, events } = worker
    expect(await client.call('vault.status', null)).toMatchObject({
      kind: 'main',
      state: 'absent',
      slots: [],
    })
    const created = await createVault(worker)
    expect(created).toMatchObject({ state: 'unlocked', visibility: 'public', who: 'Ada', lastBackupAt: null })
    expect(created.slots.map(({ label, kind, iterations }) => ({ label, kind, iterations }))).toEqual([
      { label: 'main', kind: 'passphrase', iterations: ROUNDS },
      { label: 'recovery', kind: 'passphrase', iterations: ROUNDS },
    ])
    expect(created.locksAt!.getTime()).toBeGreaterThan(created.clock.now.getTime())
    expect(await client.call('vault.lock', null)).toMatchObject({
      state: 'locked',
      head: null,
      locksAt: null,
    })
    await expect(client.call('vault.unlock', { passphrase: 'nonsense!', actor: ADA })).rejects.toMatchObject({
      code: 'passphrase-wrong',
    })
    expect(await client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })).toMatchObject({
      state: 'unlocked',
      problems: [],
    })
    const journal = await client.call('journal.list', { offset: 0, limit: 10 })
    expect(journal.entries.map(({ sequence, act, who }) => `${String(sequence)} ${act} ${who}`)).toEqual([
      '4 vault-unlocked Ada',
      '3 vault-unlock-refused Ada',
      '2 vault-locked Ada',
      '1 vault-created Ada',
    ])
    expect(await client.call('journal.verify', null)).toMatchObject({ entries: 4, problems: [] })
    expect(events.map(({ name }) => name)).toContain('locked')
    worker.close()
  })

  test('with sealed names shows nothing while locked', async () => {
    const worker = startWorker()
    await createVault(worker, 'sealed')
    await worker.client.call('vault.lock', null)
    for (const reading of [
      worker.client.call('authority.list', null),
      worker.client.call('certificate.list', { offset: 0, limit: 10 }),
      worker.client.call('journal.list', { offset: 0, limit: 10 }),
    ]) {
      await expect(reading).rejects.toMatchObject({ code: 'vault-locked' })
    }
    expect(await worker.client.call('vault.status', null)).toMatchObject({ who: '', lastJournalAt: null })
    worker.close()
  })

  test('locks by itself when nobody has been there for the time that was set', async () => {
    const worker = startWorker()
    await createVault(worker)
    await worker.client.call('vault.setIdle', { minutes: 1, actor: ADA })
    worker.clock.now += 59_000
    await worker.client.call('vault.touch', null)
    worker.clock.now += 59_000
    expect(await worker.client.call('vault.status', null)).toMatchObject({ state: 'unlocked' })
    worker.clock.now += 2_000
    await worker.client.call('vault.status', null)
    await expect.poll(async () => (await worker.client.call('vault.status', null)).state).toBe('locked')
    expect(worker.events).toContainEqual({ name: 'locked', reason: 'idle' })
    worker.close()
  })

  test('an idle time that is set in one tab holds in the other', async () => {
    const one = startWorker()
    await createVault(one)
    const two = startWorker(one.name, one.clock)
    await two.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
    await one.client.call('vault.setIdle', { minutes: 3, actor: ADA })
    const left = async () => {
      const { locksAt, clock } = await two.client.call('vault.status', null)
      return (locksAt!.getTime() - clock.now.getTime()) / 60_000
    }
    await expect.poll(left).toBeLessThanOrEqual(3)
    expect(await two.client.call('vault.status', null)).toMatchObject({ idleMinutes: 3 })
    one.close()
    two.close()
  })

  test('does nothing for whoever comes after its time has passed: a sign of life is too late, an act is refused', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    const act = () => client.call('authority.retire', { authorityId: 'any', actor: ADA })
    worker.clock.now += 10 * 60_000
    await client.call('vault.touch', null)
    await expect(act()).rejects.toMatchObject({ code: 'vault-locked' })
    await client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
    await expect(act()).rejects.toMatchObject({ code: 'record-missing' })
    worker.clock.now += 10 * 60_000
    await expect(act()).rejects.toMatchObject({ code: 'vault-locked' })
    worker.close()
  })

  test('a backup is counted as made, and writes after it as not backed up', async () => {
    const worker = startWorker()
    const { client } = worker
    expect((await createVault(worker)).changesSinceBackup).toBe(1)
    const place = 'file:///media/stick/rootcellar.html'
    const { file, summary } = await client.call('vault.backup', { passphrase: null, place, actor: ADA })
    expect(summary.place).toBe(place)
    expect(file.name).toMatch(/^rootcellar-2026-11-21-12-00\.backup$/)
    expect(summary).toMatchObject({ compared: 'same', problems: [], journalEntries: 2 })
    expect(await client.call('vault.status', null)).toMatchObject({
      changesSinceBackup: 0,
      lastBackupAt: summary.madeAt,
    })
    const other = startWorker()
    const restored = await other.client.call('vault.restore', {
      file: file.bytes,
      passphrase: PASSPHRASE,
      replace: false,
      actor: ADA,
    })
    expect(restored.summary.place).toBe(place)
    expect(restored.status).toMatchObject({
      state: 'unlocked',
      problems: [],
      createdAt: summary.vaultCreatedAt,
    })
    expect((await other.client.call('vault.check', null)).problems).toEqual([])
    worker.close()
    other.close()
  })

  test('where the page lay stands beside each making, opening and backup of the vault', async () => {
    const worker = startWorker()
    const { client } = worker
    const actor = { who: 'Ada', remark: 'as planned' }
    const at = (name: string) => `file:///media/stick/${name}.html`
    await client.call('vault.create', {
      passphrase: PASSPHRASE,
      recoveryPassphrase: null,
      visibility: 'public',
      place: at('made'),
      actor,
    })
    const place = 'https://ca.example.com/'
    const { file, summary } = await client.call('vault.backup', { passphrase: null, place, actor })
    expect(summary.place).toBe(place)
    await client.call('vault.lock', null)
    await client.call('vault.unlock', { passphrase: PASSPHRASE, place: at('opened'), actor })
    await client.call('vault.lock', null)
    const restore = { file: file.bytes, passphrase: PASSPHRASE, replace: true, place: at('restored'), actor }
    await client.call('vault.restore', restore)
    const said = async () =>
      (await client.call('journal.list', { offset: 0, limit: 20 })).entries
        .filter(({ act }) => ['vault-created', 'vault-unlocked', 'backup-made'].includes(act))
        .map(({ act, place, subject }) => [act, place ?? subject])
    expect(await said()).toEqual([
      ['vault-unlocked', at('restored')],
      ['backup-made', place],
      ['vault-created', at('made')],
    ])
    await client.call('vault.lock', null)
    await client.call('vault.unlock', { passphrase: PASSPHRASE, place: at('opened'), actor })
    expect((await said())[0]).toEqual(['vault-unlocked', at('opened')])
    const found = await client.call('journal.list', { offset: 0, limit: 5, search: 'opened.html' })
    expect(found.total).toBe(1)
    const { bytes } = await client.call('journal.export', { actor })
    expect(new TextDecoder().decode(bytes)).toContain(`"place":"${at('opened')}"`)
    expect(await client.call('journal.verify', null)).toMatchObject({ problems: [] })
    worker.close()
  })

  test('a cancelled making leaves no vault, a cancelled backup no entry and no date', async () => {
    const worker = startWorker()
    const { client } = worker
    const cancelled = async (start: (signal: AbortSignal) => Promise<unknown>) => {
      const stop = new AbortController()
      const running = start(stop.signal)
      stop.abort()
      await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    }
    const input = {
      passphrase: PASSPHRASE,
      recoveryPassphrase: null,
      visibility: 'public',
      actor: ADA,
    } as const
    await cancelled((signal) => client.call('vault.create', input, { signal }))
    expect(await client.call('vault.status', null)).toMatchObject({ state: 'absent' })
    await createVault(worker)
    for (const passphrase of [null, 'a passphrase of its own'])
      await cancelled((signal) => client.call('vault.backup', { passphrase, actor: ADA }, { signal }))
    expect(await client.call('vault.status', null)).toMatchObject({ lastBackupAt: null })
    const { entries } = await client.call('journal.list', { offset: 0, limit: 5 })
    expect(entries.map(({ act }) => act)).toEqual(['vault-created'])
    worker.close()
  })

  test('a clock that went back must be confirmed before anything is done', async () => {
    const worker = startWorker()
    await createVault(worker)
    worker.clock.now -= 3_600_000
    expect((await worker.client.call('vault.status', null)).clock.behind).toBe(true)
    const backup = (clockConfirmed: boolean) =>
      worker.client.call('vault.backup', { passphrase: null, actor: { ...ADA, clockConfirmed } })
    await expect(backup(false)).rejects.toMatchObject({ code: 'clock-behind' })
    await backup(true)
    const { entries } = await worker.client.call('journal.list', { offset: 0, limit: 2 })
    expect(entries.map(({ act }) => act)).toEqual(['backup-made', 'clock-confirmed'])
    await backup(false)
    worker.close()
  })
})
