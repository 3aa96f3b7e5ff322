import { openDB } from 'idb'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { readEntryUnverified, type JournalEntry } from '../../../src/vault/journal.ts'
import { Idle } from '../../../src/vault/idle.ts'
import { connectVault, createVault, PASSPHRASE, type TestVault } from '../../support/vault.ts'

// A page that shares the storage: it has the database, the locks and the channel, but no key.

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

async function journal({ vault }: TestVault): Promise<JournalEntry[]> {
  return (await vault.database.getAll('journal')).map((stored) => readEntryUnverified(stored)!)
}

/** Keeps a transaction of the vault's database alive by making request after request. */
async function holdTransaction({ name }: TestVault): Promise<void> {
  let isHeld = true
  ends.push(() => (isHeld = false))
  const transaction = (await openDB(name)).transaction(['meta', 'journal'], 'readwrite')
  const again = (): void => {
    if (isHeld) void transaction.objectStore('meta').get('none').then(again)
  }
  again()
}

function holdLock({ name }: TestVault): Promise<void> {
  return new Promise((isHeld) => {
    void navigator.locks.request(`rootcellar:${name}`, () => {
      isHeld()
      return new Promise<void>((release) => ends.push(release))
    })
  })
}

describe('locking waits for nobody', () => {
  test.each([
    ['a held lock', holdLock],
    ['a live transaction', holdTransaction],
  ])('%s: the keys are gone at once, here and in the other tab', async (_title, hold) => {
    const made = await createVault()
    const other = await connectVault(made.name)
    await other.vault.unlock(PASSPHRASE, 'Ada')
    await hold(made)
    const locking = made.vault.lock('asked', 'Ada')
    expect(made.vault.opened).toBeNull()
    expect(made.notices).toContainEqual({ kind: 'locked', reason: 'asked' })
    await expect.poll(() => other.vault.opened).toBeNull()
    await locking
    for (const end of ends.splice(0)) end()
    await made.vault.unlock(PASSPHRASE, 'Ben')
    const entries = await journal(made)
    expect(entries.slice(-2).map(({ act, who, reason }) => ({ act, who, reason }))).toEqual([
      { act: 'vault-locked', who: 'Ada', reason: 'written-late' },
      { act: 'vault-unlocked', who: 'Ben', reason: undefined },
    ])
    expect(Date.parse(entries.at(-2)!.remark)).toBeLessThan(Date.parse(entries.at(-2)!.at))
  })

  test('what was given up is not written later', async () => {
    const made = await createVault()
    await holdLock(made)
    await made.vault.lock('asked', 'Ada')
    for (const end of ends.splice(0)) end()
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect((await journal(made)).map(({ act }) => act)).toEqual(['vault-created'])
  })

  test('an undisturbed lock has its entry at once', async () => {
    const made = await createVault()
    await made.vault.lock('idle', 'Ada')
    expect((await journal(made)).at(-1)).toMatchObject({ act: 'vault-locked', subject: 'idle' })
  })
})

test('a vault that is opened on a full disk has its entry with the next change', async () => {
  const made = await createVault()
  await made.vault.lock('asked', 'Ada')
  const full = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  await expect(made.vault.unlock(PASSPHRASE, 'Ben')).rejects.toMatchObject({ code: 'storage-full' })
  expect(made.vault.opened).not.toBeNull()
  full.mockRestore()
  await made.vault.changeSettings({ idleMinutes: 5 })
  const last = (await journal(made)).at(-1)!
  expect(last).toMatchObject({ act: 'vault-unlocked', who: 'Ben', reason: 'written-late' })
  expect(Date.parse(last.remark)).toBeLessThan(Date.parse(last.at))
})

describe('signs of life of other tabs', () => {
  async function heardBy(made: TestVault, notices: readonly unknown[]): Promise<unknown[]> {
    const channel = new BroadcastChannel(`rootcellar:${made.name}`)
    for (const notice of notices) channel.postMessage(notice)
    channel.postMessage('changed')
    await expect.poll(() => made.notices).toContainEqual({ kind: 'changed', otherTab: true })
    await new Promise((resolve) => setTimeout(resolve, 50))
    channel.close()
    return made.notices.filter(({ kind }) => kind === 'active')
  }

  test('are heard where the same vault is open', async () => {
    const made = await createVault()
    const other = await connectVault(made.name)
    await other.vault.unlock(PASSPHRASE, 'Ben')
    await other.vault.tellActive()
    await expect.poll(() => made.notices.map(({ kind }) => kind)).toContain('active')
  })

  test('of anybody else are not', async () => {
    const made = await createVault()
    const at = made.clock.now
    const mac = new Uint8Array(64)
    const forged = ['active', null, 7, { kind: 'active' }, { kind: 'active', at, mac }, { kind: 'locked' }]
    expect(await heardBy(made, forged)).toEqual([])
    expect(made.vault.opened).not.toBeNull()
  })

  test('of another vault are not', async () => {
    const made = await createVault()
    const stranger = await createVault()
    const told: unknown[] = []
    const channel = new BroadcastChannel(`rootcellar:${stranger.name}`)
    channel.addEventListener('message', ({ data }) => told.push(data))
    await stranger.vault.tellActive()
    await expect.poll(() => told).toHaveLength(1)
    channel.close()
    expect(await heardBy(made, told)).toEqual([])
  })

  test('sent again keep nothing open for longer than when they were given', async () => {
    const made = await createVault()
    const told: unknown[] = []
    const channel = new BroadcastChannel(`rootcellar:${made.name}`)
    channel.addEventListener('message', ({ data }) => told.push(data))
    await made.vault.tellActive()
    await expect.poll(() => told).toHaveLength(1)
    channel.close()
    const given = made.clock.now
    made.clock.now += 8 * 60_000
    const [heard] = await heardBy(made, [told[0], told[0]])
    expect((heard as { at: number }).at).toBeLessThanOrEqual(given)
  })
})

describe('the idle time', () => {
  const MINUTE = 60_000
  function idle(): { idle: Idle; clock: { now: number }; locked: boolean[] } {
    const clock = { now: 0 }
    const locked: boolean[] = []
    const made = new Idle({
      clock: () => clock.now,
      lock: (alone) => {
        locked.push(alone)
        return Promise.resolve()
      },
    })
    made.watch(10)
    ends.push(() => made.stop())
    return { idle: made, clock, locked }
  }

  test('a sign of life elsewhere counts from when it was given, and never from the future', () => {
    const made = idle()
    made.clock.now = 5 * MINUTE
    made.idle.touchElsewhere(2 * MINUTE)
    expect(made.idle.locksAt).toBe(12 * MINUTE)
    made.idle.touchElsewhere(99 * MINUTE)
    expect(made.idle.locksAt).toBe(15 * MINUTE)
  })

  test('signs of life elsewhere keep it open for an hour beyond the last one here; then this tab locks alone', async () => {
    const made = idle()
    for (; made.clock.now < 60 * MINUTE; made.clock.now += MINUTE) {
      made.idle.touchElsewhere(made.clock.now)
      await made.idle.look()
      expect(made.locked).toEqual([])
    }
    await made.idle.look()
    expect(made.locked).toEqual([true])
  })

  test('where nobody is anywhere the other tabs are locked as well', async () => {
    const made = idle()
    made.clock.now = 10 * MINUTE
    await made.idle.look()
    expect(made.locked).toEqual([false])
  })

  test('a clock that is set back gives no more time', async () => {
    const made = idle()
    made.clock.now = 6 * MINUTE
    await made.idle.look()
    made.clock.now = -24 * 60 * MINUTE
    await made.idle.look()
    expect(made.idle.locksAt).toBe(made.clock.now + 4 * MINUTE)
    made.idle.touchElsewhere(made.clock.now - MINUTE)
    made.clock.now += 9 * MINUTE
    await made.idle.look()
    expect(made.locked).toEqual([false])
  })

  test('work holds the lock off while it gets on, and an hour where it does not', async () => {
    vi.useFakeTimers()
    ends.push(() => vi.useRealTimers())
    const made = idle()
    void made.idle.during(() => new Promise(() => undefined))
    made.clock.now = 30 * MINUTE
    made.idle.workedOn()
    made.clock.now = 89 * MINUTE
    await made.idle.look()
    expect(made.locked).toEqual([])
    made.clock.now = 90 * MINUTE
    await made.idle.look()
    expect(made.locked).toEqual([false])
  })
})
