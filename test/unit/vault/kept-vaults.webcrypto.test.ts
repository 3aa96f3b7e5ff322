import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { BACKUP_MAGIC } from '../../../src/vault/backup-magic.ts'
import { VERSION as BACKUP_VERSION } from '../../../src/vault/backup.ts'
import { MIGRATIONS } from '../../../src/vault/migrations.ts'
import { HEADER_VERSION } from '../../../src/vault/opening.ts'
import { dumpIn, KEPT, putDump, type Dump } from '../../support/kept-vaults.ts'
import { rememberDerivations } from '../../support/rounds.ts'
import { freshName } from '../../support/vault.ts'
import { ADA, issue, LIST, startWorker, type TestWorker } from '../../support/worker.ts'

rememberDerivations()

const VAULTS = join(import.meta.dirname, '../../fixtures/vaults')
const formats = readdirSync(VAULTS, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
)
const SURE = { ...ADA, clockConfirmed: true }

const keptDump = (format: string, visibility: string): Dump =>
  dumpIn(readFileSync(join(VAULTS, format, `${visibility}.json`), 'utf8'))

const keptBackup = (format: string, name: string): Uint8Array =>
  new Uint8Array(readFileSync(join(VAULTS, format, `${name}.backup`)))

async function kept(format: string, visibility: string): Promise<TestWorker> {
  const name = freshName()
  await putDump(name, keptDump(format, visibility))
  return today(startWorker(name))
}

function today(worker: TestWorker): TestWorker {
  worker.clock.now = Date.UTC(2026, 11, 1)
  return worker
}

const unlock = ({ client }: TestWorker, passphrase: string = KEPT.passphrase) =>
  client.call('vault.unlock', { passphrase, actor: ADA })

/** Everything that was stored is there and intact, and every key signs. */
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

test.each(formats.filter((format) => existsSync(join(VAULTS, format, 'public-shares.json'))))(
  'what a build of %s wrote opens for two of three people',
  async (format) => {
    for (const visibility of ['public', 'sealed']) {
      const words = JSON.parse(
        readFileSync(join(VAULTS, format, `${visibility}-shares.json`), 'utf8'),
      ) as string[]
      const worker = await kept(format, visibility)
      const { client } = worker
      const of = { kind: 'vault' } as const
      const [set] = await client.call('shares.sets', { of })
      const { setId } = set!
      await client.call('shares.begin', { of, setId })
      for (const text of words.slice(1)) await client.call('shares.give', { setId, text, holder: null })
      const opened = await client.call('vault.unlock', { passphrase: { shares: setId }, actor: ADA })
      expect(opened).toMatchObject({ state: 'unlocked', problems: [] })
    }
  },
)

/**
 * Before introducing a new format, keep a vault that this one writes (test/fixtures/vaults/make.ts), and one of the
 * new.
 */
test('files of the formats that are written today are among those kept', () => {
  const versions = formats.map((format) => {
    const { version, tables } = keptDump(format, 'public')
    const header = tables.meta!.find((row) => (row as { id: string }).id === 'vault')
    const backup = keptBackup(format, 'public-vault')[BACKUP_MAGIC.length]
    return { storage: version, header: (header as { version: number }).version, backup }
  })
  const today = { storage: MIGRATIONS.length, header: HEADER_VERSION, backup: BACKUP_VERSION }
  expect(versions).toContainEqual(today)
})

describe.each(formats)('what a build of %s wrote', (format) => {
  describe.each(['public', 'sealed'])('with %s names', (visibility) => {
    test('opens with each passphrase, is whole, keeps its settings, and signs', async () => {
      const worker = await kept(format, visibility)
      expect((await unlock(worker, KEPT.recovery)).state).toBe('unlocked')
      await worker.client.call('vault.lock', null)
      expect(await unlock(worker)).toMatchObject({ state: 'unlocked', idleMinutes: 23 })
      await expectWhole(worker)
      // Locked and opened once more, it is still in its converted form.
      await worker.client.call('vault.lock', null)
      expect(await unlock(worker)).toMatchObject({ state: 'unlocked', problems: [], idleMinutes: 23 })
      worker.close()
    })

    test.each([
      ['vault', KEPT.recovery],
      ['own', KEPT.backup],
    ])('restores from the backup under the passphrase of its %s lock', async (lock, passphrase) => {
      const file = keptBackup(format, `${visibility}-${lock}`)
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
