import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dumpIn, KEPT, putDump } from '../../support/kept-vaults.ts'
import { freshName } from '../../support/vault.ts'
import { ADA, issue, LIST, startWorker, type TestWorker } from '../../support/worker.ts'

const VAULTS = join(import.meta.dirname, '../../fixtures/vaults')
const formats = readdirSync(VAULTS, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
)
const SURE = { ...ADA, clockConfirmed: true }

async function kept(format: string, visibility: string): Promise<TestWorker> {
  const name = freshName()
  await putDump(name, dumpIn(readFileSync(join(VAULTS, format, `${visibility}.json`), 'utf8')))
  return today(startWorker(name))
}

function today(worker: TestWorker): TestWorker {
  worker.clock.now = Date.UTC(2026, 11, 1)
  return worker
}

const unlock = ({ client }: TestWorker, passphrase: string = KEPT.passphrase) =>
  client.call('vault.unlock', { passphrase, actor: ADA })

/** All that was put in is there, nothing is wrong with it, and every key signs. */
async function expectWhole(worker: TestWorker): Promise<void> {
  const { client } = worker
  const status = await client.call('vault.status', null)
  expect(status).toMatchObject({ state: 'unlocked', problems: [] })
  expect((await client.call('vault.check', null)).problems).toEqual([])
  expect(await client.call('journal.verify', null)).toMatchObject({ problems: [] })
  const authorities = await client.call('authority.list', null)
  expect(authorities.map(({ commonName }) => commonName).sort()).toEqual(
    [KEPT.intermediate, KEPT.offlineRoot, KEPT.root].sort(),
  )
  const idOf = (wanted: string) => authorities.find(({ commonName }) => commonName === wanted)!.id
  const authorityId = idOf(KEPT.intermediate)
  const leaf = { profileId: 'tlsServer', commonName: 'new.example', names: ['new.example'] }
  expect((await issue(worker, { ...leaf, authorityId })).certificateId).toBeTruthy()
  const { lists } = await client.call('list.all', { authorityId })
  expect(lists).toHaveLength(1)
  await client.call('list.sign', { ...LIST, actor: SURE, authorityId })
  const offline = idOf(KEPT.offlineRoot)
  await client.call('authority.unlock', { authorityId: offline, passphrase: KEPT.ownKey, actor: SURE })
  const below = { authorityId: offline, profileId: 'intermediate', commonName: 'New Issuing CA' }
  expect((await issue(worker, below)).authorityId).toBeTruthy()
  expect(await client.call('request.list', null)).toHaveLength(1)
  expect((await client.call('vault.check', null)).problems).toEqual([])
}

describe.each(formats)('what a build of %s wrote', (format) => {
  describe.each(['public', 'sealed'])('with %s names', (visibility) => {
    test('opens with each passphrase, is whole, keeps its settings, and signs', async () => {
      const worker = await kept(format, visibility)
      expect((await unlock(worker, KEPT.recovery)).state).toBe('unlocked')
      await worker.client.call('vault.lock', null)
      expect(await unlock(worker)).toMatchObject({ state: 'unlocked', idleMinutes: 23 })
      await expectWhole(worker)
      // Locked and opened once more it still is what it has become.
      await worker.client.call('vault.lock', null)
      expect(await unlock(worker)).toMatchObject({ state: 'unlocked', problems: [], idleMinutes: 23 })
      worker.close()
    })

    test.each([
      ['vault', KEPT.recovery],
      ['own', KEPT.backup],
    ])('restores from the backup under the passphrase of its %s lock', async (lock, passphrase) => {
      const file = new Uint8Array(readFileSync(join(VAULTS, format, `${visibility}-${lock}.backup`)))
      const worker = today(startWorker())
      const checked = await worker.client.call('vault.checkBackup', { file, passphrase })
      expect(checked).toMatchObject({ problems: [], authorities: 3 })
      await worker.client.call('vault.restore', { file, passphrase, replace: false, actor: SURE })
      if (lock === 'own') await unlock(worker)
      await expectWhole(worker)
      worker.close()
    })
  })
})
