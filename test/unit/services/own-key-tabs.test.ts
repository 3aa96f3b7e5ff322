import { afterEach, beforeEach, expect, test } from 'vitest'
import { ADA, createVault, issue, PASSPHRASE, startWorker } from '../../support/worker.ts'
import type { TestWorker } from '../../support/worker.ts'
import { doAllRounds } from '../../support/rounds.ts'

doAllRounds()

// A CA's own key is closed in every tab, in whichever it is closed.

const OWN = { kind: 'own-passphrase', passphrase: 'a passphrase of its own' } as const

let one: TestWorker
let other: TestWorker
let authorityId: string
beforeEach(async () => {
  one = startWorker()
  await createVault(one)
  authorityId = (await issue(one, { profileId: 'root', commonName: 'Guarded', caKey: OWN })).authorityId!
  other = startWorker(one.name, one.clock)
  await other.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
})
afterEach(() => {
  one.close()
  other.close()
})

const open = ({ client }: TestWorker) =>
  client.call('authority.unlock', { authorityId, passphrase: OWN.passphrase, actor: ADA })
const close = ({ client }: TestWorker) => client.call('authority.close', { authorityId, actor: ADA })
const isReady = async ({ client }: TestWorker) => (await client.call('authority.list', null))[0]!.ready
const acts = async () =>
  (await one.client.call('journal.list', { offset: 0, limit: 100 })).entries
    .map(({ act }) => act)
    .filter((act) => act.startsWith('authority-key-'))
    .reverse()
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100))
const sign = (worker: TestWorker) => issue(worker, { authorityId, profileId: 'tlsClient', commonName: 'Ann' })

test('one that is open in another tab alone', async () => {
  await open(one)
  await close(other)
  await settle()
  expect(await isReady(one)).toBe(false)
  await expect(sign(one)).rejects.toMatchObject({ code: 'key-locked' })
  expect(await acts()).toEqual(['authority-key-opened', 'authority-key-closed'])
  expect(one.events).toContainEqual({ name: 'changed', otherTab: true })
})

test('one that is open in both', async () => {
  await open(one)
  await open(other)
  await close(one)
  await settle()
  expect([await isReady(one), await isReady(other)]).toEqual([false, false])
  expect((await acts()).filter((act) => act === 'authority-key-closed')).toHaveLength(2)
})

test('one that is being opened', async () => {
  const opening = expect(open(one)).rejects.toMatchObject({ code: 'key-locked' })
  await new Promise((resolve) => setTimeout(resolve, 60))
  await close(other)
  await opening
  expect(await isReady(one)).toBe(false)
  await open(one)
  await sign(one)
})
