import { beforeEach, describe, expect, test } from 'vitest'
import type { HeldBy } from '../../../src/border/protocol/quorum.ts'
import type { SetView } from '../../../src/border/protocol/slots.ts'
import { ADA, issue, startWorker, type TestWorker } from '../../support/worker.ts'
import { PASSPHRASE, RECOVERY } from '../../support/vault.ts'

/** A vault, and the keys of its CAs, that several people open together. */

const VAULT = { kind: 'vault' } as const
const NAMES = ['Ada', 'Ben', 'Cleo']
let worker: TestWorker
beforeEach(async () => {
  worker = startWorker()
  await worker.client.call('vault.create', {
    passphrase: PASSPHRASE,
    recoveryPassphrase: RECOVERY,
    visibility: 'public',
    actor: ADA,
  })
})

/** Hands out shares, each of which is typed back, and stores the set. */
async function share(
  of: HeldBy,
  {
    threshold = 2,
    alone = true,
    opens = PASSPHRASE,
  }: { threshold?: number; alone?: boolean; opens?: string } = {},
): Promise<{ set: SetView; words: string[] }> {
  const { client } = worker
  await client.call('quorum.begin', { names: NAMES, threshold })
  const words: string[] = []
  for (const holder of NAMES.map((_, i) => i + 1)) {
    const its = await client.call('quorum.share', { holder })
    words.push(its.words)
    await client.call('quorum.prove', { holder, text: its.words })
  }
  const set = await client.call('quorum.finish', { of, label: 'The board', opens, alone, actor: ADA })
  return { set, words }
}

async function give(of: Parameters<typeof setOf>[0], setId: string, words: readonly string[]) {
  await worker.client.call('shares.begin', { of, setId })
  for (const text of words) await worker.client.call('shares.give', { setId, text, holder: null })
  return { shares: setId } as const
}
const setOf = (of: HeldBy | { kind: 'backup'; front: Uint8Array }) =>
  worker.client.call('shares.sets', { of })
const unlock = (passphrase: string | { shares: string }) =>
  worker.client.call('vault.unlock', { passphrase, actor: ADA })

describe('a vault', () => {
  test('is opened by any two of three, and by no passphrase once they are alone', async () => {
    const { client } = worker
    const { set, words } = await share(VAULT)
    expect((await client.call('vault.status', null)).slots.map(({ kind }) => kind)).toEqual(['quorum'])
    for (const [one, other] of [
      [0, 1],
      [0, 2],
      [2, 1],
    ] as const) {
      await client.call('vault.lock', null)
      await expect(unlock(PASSPHRASE)).rejects.toMatchObject({ code: 'passphrase-wrong' })
      const opens = await give(VAULT, set.setId, [words[one]!, words[other]!])
      expect(await unlock(opens)).toMatchObject({ state: 'unlocked', isReadOnly: false, problems: [] })
    }
    expect((await client.call('vault.check', null)).problems).toEqual([])
    expect((await client.call('journal.verify', null)).problems).toEqual([])
  })

  test('is not opened by one, nor by shares that were given for it once before', async () => {
    const { client } = worker
    const { set, words } = await share(VAULT, { alone: false })
    await client.call('vault.lock', null)
    await give(VAULT, set.setId, [words[0]!])
    await expect(unlock({ shares: set.setId })).rejects.toMatchObject({ code: 'shares-too-few' })
    await give(VAULT, set.setId, [words[0]!, words[1]!])
    await unlock({ shares: set.setId })
    await client.call('vault.lock', null)
    await expect(unlock({ shares: set.setId })).rejects.toMatchObject({ code: 'shares-missing' })
    expect(await unlock(RECOVERY)).toMatchObject({ state: 'unlocked' })
  })

  test('whose holders changed keeps those of before out', async () => {
    const { client } = worker
    const first = await share(VAULT)
    const opens = await give(VAULT, first.set.setId, first.words.slice(1))
    const second = await share(VAULT, { opens: opens as never })
    await client.call('vault.lock', null)
    await expect(client.call('shares.begin', { of: VAULT, setId: first.set.setId })).rejects.toMatchObject({
      code: 'slot-missing',
    })
    await client.call('shares.begin', { of: VAULT, setId: second.set.setId })
    const old = { setId: second.set.setId, text: first.words[0]!, holder: null }
    await expect(client.call('shares.give', old)).rejects.toMatchObject({
      code: expect.stringMatching(/^share-(other-set|refused)$/) as string,
    })
    expect(await unlock(await give(VAULT, second.set.setId, second.words.slice(0, 2)))).toBeTruthy()
  })

  test('keeps its holders when it is re-keyed', async () => {
    const { client } = worker
    const { set, words } = await share(VAULT, { alone: false })
    const opens = await give(VAULT, set.setId, words.slice(0, 2))
    const status = await client.call('vault.rekey', {
      kept: [{ slotId: set.slotId, passphrase: opens }],
      actor: ADA,
    })
    expect(status.slots.map(({ kind }) => kind)).toEqual(['quorum'])
    await client.call('vault.lock', null)
    expect(await unlock(await give(VAULT, set.setId, words.slice(1)))).toMatchObject({ problems: [] })
  })

  test('comes back from a backup that its holders open', async () => {
    const { client } = worker
    const { set, words } = await share(VAULT)
    const { bytes: file } = (await client.call('vault.backup', { passphrase: null, actor: ADA })).file
    const of = { kind: 'backup', front: file.slice(0, 1 << 20) } as const
    expect(await setOf(of)).toMatchObject([{ setId: set.setId, threshold: 2 }])
    const opens = await give(of, set.setId, words.slice(0, 2))
    expect(await client.call('vault.checkBackup', { file, passphrase: opens })).toMatchObject({
      problems: [],
    })
    const restored = { file, passphrase: opens, replace: true, actor: ADA }
    expect((await client.call('vault.restore', restored)).status).toMatchObject({ state: 'unlocked' })
  })
})

test('a key that several people hold signs only once enough of them opened it', async () => {
  const { client } = worker
  const authorityId = (await issue(worker, { profileId: 'root', commonName: 'Held Root' })).authorityId!
  const of = { kind: 'authority', authorityId } as const
  await expect(share(of, { opens: 'not the passphrase' })).rejects.toMatchObject({ code: 'passphrase-wrong' })
  const { set, words } = await share(of)
  expect(await client.call('authority.list', null)).toMatchObject([{ key: 'quorum', ready: false }])
  const leaf = { authorityId, profileId: 'intermediate', commonName: 'Below' }
  await expect(issue(worker, leaf)).rejects.toMatchObject({ code: 'key-locked' })
  const opens = await give(of, set.setId, words.slice(0, 2))
  await client.call('authority.unlock', { authorityId, passphrase: opens, actor: ADA })
  expect((await issue(worker, leaf)).certificateId).toBeTruthy()
  await client.call('authority.close', { authorityId, actor: ADA })
  await expect(issue(worker, { ...leaf, commonName: 'More' })).rejects.toMatchObject({ code: 'key-locked' })
  expect((await client.call('vault.check', null)).problems).toEqual([])
})

test('the journal names those whose shares opened the vault or a key', async () => {
  const { client } = worker
  const authorityId = (await issue(worker, { profileId: 'root', commonName: 'Held Root' })).authorityId!
  const of = { kind: 'authority', authorityId } as const
  const key = await share(of)
  const vault = await share(VAULT, { alone: false })
  await client.call('vault.lock', null)
  await unlock(await give(VAULT, vault.set.setId, [vault.words[2]!, vault.words[0]!]))
  const opens = await give(of, key.set.setId, key.words.slice(1))
  await client.call('authority.unlock', { authorityId, passphrase: opens, actor: ADA })
  const { entries } = await client.call('journal.list', { offset: 0, limit: 20 })
  const slotOf = (act: string) => entries.find((entry) => entry.act === act)?.slot
  expect(slotOf('vault-unlocked')).toMatch(/^The board \([0-9a-f]{8}\): Ada, Cleo$/)
  expect(slotOf('authority-key-opened')).toMatch(/: Ben, Cleo$/)
})

test('a set is not removed with its own shares alone: another way in is wanted', async () => {
  const { client } = worker
  const { set, words } = await share(VAULT, { alone: false })
  const current = await give(VAULT, set.setId, words.slice(0, 2))
  const remove = { slotId: set.slotId, actor: ADA }
  await expect(client.call('vault.removeSlot', { ...remove, current })).rejects.toMatchObject({
    code: 'slot-needed',
  })
  const after = await client.call('vault.removeSlot', { ...remove, current: PASSPHRASE })
  expect(after.slots.map(({ kind }) => kind)).toEqual(['passphrase', 'passphrase'])
})

describe('a set that is handed out', () => {
  test('is stored only when each share was typed back', async () => {
    const { client } = worker
    await client.call('quorum.begin', { names: NAMES, threshold: 2 })
    const { words } = await client.call('quorum.share', { holder: 1 })
    await client.call('quorum.prove', { holder: 1, text: words })
    const finish = { of: VAULT, label: '', opens: PASSPHRASE, alone: true, actor: ADA }
    await expect(client.call('quorum.finish', finish)).rejects.toMatchObject({ code: 'shares-too-few' })
    expect(await setOf(VAULT)).toEqual([])
  })

  test('shows no share once more that was proved, and none after a lock', async () => {
    const { client } = worker
    await client.call('quorum.begin', { names: NAMES, threshold: 2 })
    const { words } = await client.call('quorum.share', { holder: 1 })
    await client.call('quorum.prove', { holder: 1, text: words })
    const missing = { code: 'shares-missing' }
    await expect(client.call('quorum.share', { holder: 1 })).rejects.toMatchObject(missing)
    await client.call('vault.lock', null)
    await expect(client.call('quorum.share', { holder: 2 })).rejects.toMatchObject(missing)
  })

  test('takes no share of another holder, and no other words', async () => {
    const { client } = worker
    await client.call('quorum.begin', { names: NAMES, threshold: 2 })
    const { words } = await client.call('quorum.share', { holder: 1 })
    await expect(client.call('quorum.prove', { holder: 2, text: words })).rejects.toMatchObject({
      code: 'share-other-holder',
      detail: { asked: 'Ben', found: 'Ada' },
    })
    const [first, second, ...rest] = words.split(' ')
    const mistyped = [first, second === 'acid' ? 'zoo' : 'acid', ...rest].join(' ')
    await expect(client.call('quorum.prove', { holder: 1, text: mistyped })).rejects.toMatchObject({
      code: 'share-mistyped',
    })
  })
})

test('a drill proves one share and is in the journal, and a refused one too', async () => {
  const { client } = worker
  const { set, words } = await share(VAULT, { alone: false })
  worker.clock.now += 60_000
  const drill = { of: VAULT, setId: set.setId, actor: ADA }
  const after = await client.call('shares.drill', { ...drill, text: words[1]! })
  const times = after.holders.map(({ provedAt }) => provedAt.getTime())
  expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(60_000)
  await expect(client.call('shares.drill', { ...drill, text: words[1]!.slice(5) })).rejects.toBeTruthy()
  const { entries } = await client.call('journal.list', { offset: 0, limit: 20 })
  const drills = entries.filter(({ act }) => act === 'share-proved')
  expect(drills.map(({ subject }) => subject)).toContain(`${set.setId}, 2`)
  expect(drills.some(({ reason }) => reason !== undefined)).toBe(true)
  expect(JSON.stringify(entries)).not.toContain(words[1]!.split(' ').slice(1, 4).join(' '))
})

test('what is due knows every set: of the vault, and of keys that nobody else opens', async () => {
  const { client } = worker
  const authorityId = (await issue(worker, { profileId: 'root', commonName: 'Held Root' })).authorityId!
  const of = { kind: 'authority', authorityId } as const
  expect(await client.call('shares.all', null)).toEqual([])
  const key = await share(of)
  const vault = await share(VAULT, { alone: false })
  expect(await client.call('shares.all', null)).toMatchObject([
    { of: VAULT, set: { setId: vault.set.setId } },
    { of, set: { setId: key.set.setId } },
  ])
  await client.call('vault.lock', null)
  await expect(client.call('shares.all', null)).rejects.toMatchObject({ code: 'vault-locked' })
})
