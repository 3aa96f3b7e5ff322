import { describe, expect, test } from 'vitest'
import {
  ADA,
  createVault,
  hierarchy,
  issue,
  PASSPHRASE,
  ownWorker,
  type TestWorker,
} from '../../support/worker.ts'
import { ROUNDS } from '../../support/rounds.ts'

const DAY = 24 * 3_600_000
async function opened(): Promise<TestWorker & { rootId: string }> {
  const worker = ownWorker()
  await createVault(worker)
  return { ...worker, rootId: (await hierarchy(worker)).rootId }
}

const unlock = ({ client }: TestWorker) => client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
const relock = async (worker: TestWorker) => {
  await worker.client.call('vault.lock', null)
  return unlock(worker)
}
const act = ({ client }: TestWorker, clockConfirmed = false) =>
  client.call('vault.backup', { passphrase: null, actor: { ...ADA, clockConfirmed } })
const acts = async ({ client }: TestWorker) =>
  (await client.call('journal.list', { offset: 0, limit: 100 })).entries.toReversed()
const verified = async ({ client }: TestWorker) => (await client.call('journal.verify', null)).problems

describe('a clock that was set back', () => {
  test('is not forgotten by locking and unlocking, by a refusal, or by another act that fails', async () => {
    const worker = await opened()
    worker.clock.now -= 30 * DAY
    for (let again = 0; again < 3; again++) {
      expect((await relock(worker)).clock.behind).toBe(true)
      await expect(
        worker.client.call('vault.unlock', { passphrase: 'not this one', actor: ADA }),
      ).rejects.toBeDefined()
      await expect(act(worker)).rejects.toMatchObject({ code: 'clock-behind' })
    }
  })

  test('is in the journal as found, where something is written at all, and as refused', async () => {
    const worker = await opened()
    const before = (await acts(worker)).length
    worker.clock.now -= 30 * DAY
    await relock(worker)
    await expect(act(worker)).rejects.toMatchObject({ code: 'clock-behind' })
    const entries = (await acts(worker)).slice(before)
    expect(entries.map(({ act, reason }) => `${act} ${reason ?? ''}`.trim())).toEqual([
      'clock-behind',
      'vault-locked',
      'vault-unlocked',
      'clock-behind act-refused',
    ])
    expect(await verified(worker)).toEqual([])
  })

  test('is asked for once; after that again only when time goes back once more', async () => {
    const worker = await opened()
    worker.clock.now -= 30 * DAY
    await act(worker, true)
    await act(worker)
    await relock(worker)
    await act(worker)
    worker.clock.now -= DAY
    await expect(act(worker)).rejects.toMatchObject({ code: 'clock-behind' })
    expect(await verified(worker)).toEqual([])
  })

  test('after one start in the far future the vault is as it was', async () => {
    const worker = await opened()
    const { now } = worker.clock
    worker.clock.now = Date.UTC(2099, 0, 1)
    await relock(worker)
    worker.clock.now = now + DAY
    const { clock, lastJournalAt } = await relock(worker)
    expect({ ...clock, lastJournalAt: lastJournalAt!.getUTCFullYear() }).toMatchObject({
      behind: true,
      lastJournalAt: 2099,
    })
    await act(worker, true)
    expect(await relock(worker)).toMatchObject({ clock: { behind: false } })
    await act(worker)
  })

  test('by less than a minute is a clock that was put right', async () => {
    const worker = await opened()
    worker.clock.now -= 50_000
    await act(worker)
    expect(await verified(worker)).toEqual([])
  })
})

describe('the check of the journal', () => {
  test('names what was signed with an earlier time that nobody confirmed', async () => {
    const worker = await opened()
    const { Vault } = await import('../../../src/vault/vault.ts')
    const at = worker.clock.now - 30 * DAY
    const notify = () => undefined
    const other = await Vault.connect(worker.name, { clock: () => at, notify, iterations: ROUNDS })
    await other.unlock(PASSPHRASE, 'Ada')
    await other.commit({ entries: [other.draft('list-signed', 'x', 'Ada', '')], durability: 'strict' })
    other.close()
    const signed = (await acts(worker)).at(-1)!
    expect(await verified(worker)).toMatchObject([
      { store: 'journal', id: String(signed.sequence), kind: 'time' },
    ])
  })

  test('has nothing against what was signed after it was confirmed', async () => {
    const worker = await opened()
    worker.clock.now += 60 * DAY
    await relock(worker)
    worker.clock.now -= 30 * DAY
    await act(worker, true)
    await issue(worker, {
      authorityId: worker.rootId,
      profileId: 'intermediate',
      commonName: 'Example Later CA',
    })
    expect(await verified(worker)).toEqual([])
  })
})
