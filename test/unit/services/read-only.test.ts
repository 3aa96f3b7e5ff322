import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../../src/vault/database.ts'
import type { Database } from '../../../src/vault/schema.ts'
import type { StoredRecord } from '../../../src/vault/shapes.ts'
import type { Method } from '../../../src/border/protocol.ts'
import {
  ADA,
  createVault,
  hierarchy,
  issue,
  LIST,
  PASSPHRASE,
  prepareInput,
  ownWorker,
} from '../../support/worker.ts'

// Header and head say which records are the latest. If one of them was changed, rolled back or removed, it is unknown
// what is missing: existing data can be read and exported, and nothing is signed or stored.

type Harm = (database: Database, before: { header: object; head: StoredRecord }) => Promise<unknown>

const HARMS: [string, Harm][] = [
  [
    'a header that says names are written in the open',
    async (database, { header }) => database.put('meta', { ...header, visibility: 'public' } as never),
  ],
  [
    'the header of before a passphrase was changed',
    (database, { header }) => database.put('meta', header as never),
  ],
  ['the head of before', (database, { head }) => database.put('meta', { ...head, id: 'head' })],
  ['no head', (database) => database.delete('meta', 'head')],
  [
    'a head that is garbage',
    (database, { head }) => database.put('meta', { ...head, id: 'head', body: Uint8Array.of(1, 2, 3) }),
  ],
  [
    'a journal without its last entry',
    async (database) => database.delete('journal', (await database.last('journal'))!.id),
  ],
]

async function harmed(harm: Harm) {
  const worker = ownWorker()
  const { client } = worker
  const { slots } = await createVault(worker, 'sealed')
  const ids = await hierarchy(worker)
  const leaf = { authorityId: ids.rootId, profileId: 'tlsClient', commonName: 'Ann' }
  const { certificateId } = await issue(worker, leaf)
  const database = await openDatabase(worker.name)
  const header = (await database.get('meta', 'vault'))!
  const head = (await database.get('meta', 'head')) as StoredRecord
  await client.call('vault.changePassphrase', {
    slotId: slots[0]!.id,
    current: PASSPHRASE,
    next: 'another passphrase, as long',
    actor: ADA,
  })
  await client.call('vault.lock', null)
  await harm(database, { header, head })
  const status = await client
    .call('vault.unlock', { passphrase: 'another passphrase, as long', actor: ADA })
    .catch(() => client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA }))
  return { worker, database, status, ...ids, certificateId }
}

describe.each(HARMS)('a vault with %s', (_what, harm) => {
  test('opens for reading alone, and is exported and backed up', async () => {
    const { worker, status, certificateId } = await harmed(harm)
    const { client } = worker
    expect(status).toMatchObject({ state: 'unlocked', isReadOnly: true })
    expect(status.problems).not.toEqual([])
    const authorities = await client.call('authority.list', null)
    expect(authorities.map(({ commonName }) => commonName)).toContain('Example Root')
    // Its key could be used, but nothing can be stored of it.
    expect(authorities.map(({ ready }) => ready)).not.toContain(true)
    const exporting = {
      certificateId,
      format: 'pem',
      includeRoot: true,
      protection: null,
      actor: ADA,
    } as const
    for (const what of ['certificate', 'chain', 'pkcs7'] as const)
      expect((await client.call('certificate.export', { ...exporting, what })).bytes.length).toBeGreaterThan(
        100,
      )
    const journal = await client.call('journal.export', { actor: ADA })
    const lines = new TextDecoder().decode(journal.bytes).trimEnd().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { act: string }).act)).toContain('authority-created')
    await client.call('vault.backup', { passphrase: null, actor: ADA })
  })

  test('signs nothing, stores nothing, and writes no name in the open', async () => {
    const { worker, database, rootId, intermediateId, certificateId } = await harmed(harm)
    const { client } = worker
    const before = await database.getTables([
      'meta',
      'certificates',
      'authorities',
      'keys',
      'journal',
      'lists',
    ])
    const wish = {
      authorityId: rootId,
      profileId: 'tlsServer',
      commonName: 'w.example',
      names: ['w.example'],
    }
    const prepared = await client.call('issue.prepare', prepareInput(wish))
    const signing = {
      token: prepared.token!,
      acknowledged: prepared.warnings,
      caKey: { kind: 'vault' },
      endEntityKey: { kind: 'sealed' },
      actor: ADA,
    }
    const exporting = { certificateId, what: 'private-key', format: 'pem', includeRoot: false } as const
    const protection = { kind: 'encrypted', passphrase: 'long enough for a file' }
    const refused: [Method, unknown][] = [
      ['issue.sign', signing],
      ['list.sign', { ...LIST, authorityId: rootId, actor: ADA }],
      ['authority.retire', { authorityId: intermediateId, actor: ADA }],
      ['revocation.revoke', { certificateId, reason: null, invalidityDate: null, actor: ADA }],
      [
        'certificate.note',
        { certificateId, before: { tags: [], notes: '' }, tags: [], notes: 'x', actor: ADA },
      ],
      ['certificate.export', { ...exporting, protection, actor: ADA }],
      ['vault.setIdle', { minutes: 1440, actor: ADA }],
      [
        'vault.addPassphrase',
        { current: PASSPHRASE, next: 'one more lemon for the vault', label: 'x', actor: ADA },
      ],
      ['vault.rekey', { kept: [], actor: ADA }],
    ]
    for (const [method, input] of refused)
      await expect(client.call(method, input as never), method).rejects.toMatchObject({
        code: 'vault-read-only',
      })
    expect(
      await database.getTables(['meta', 'certificates', 'authorities', 'keys', 'journal', 'lists']),
    ).toEqual(before)
  })
})
