import { describe, expect, test } from 'vitest'
import { openDatabase, transact } from '../../../src/vault/database.ts'
import { pack, unpack } from '../../../src/vault/pack.ts'
import type { CertificateRecord } from '../../../src/vault/shapes.ts'
import type { Method } from '../../../src/border/protocol.ts'
import {
  ADA,
  createVault,
  hierarchy,
  issue,
  LIST,
  PASSPHRASE,
  ownWorker,
  type TestWorker,
} from '../../support/worker.ts'

async function vault() {
  const worker = ownWorker()
  await createVault(worker)
  const { rootId, intermediateId } = await hierarchy(worker)
  const [list] = (await worker.client.call('list.sign', { ...LIST, authorityId: rootId, actor: ADA })).lists
  const tree = await worker.client.call('authority.list', null)
  const certificateId = tree.find(({ id }) => id === rootId)!.certificateId
  return { worker, rootId, intermediateId, certificateId, listId: list!.id }
}

const unlock = ({ client }: TestWorker) => client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })

describe('a locked vault', () => {
  test('gives nothing out, though its names can be read', async () => {
    const { worker, rootId, certificateId, listId } = await vault()
    const name = { type: 'commonName', value: 'www.example.com' }
    const request = await worker.client.call('request.make', {
      request: {
        profileId: 'tlsServer',
        subject: [name],
        subjectAltNames: [],
        signature: null,
        extensions: {},
      },
      key: { kind: 'generate', algorithm: 'p256' },
      keyKeeping: { kind: 'vault' },
      actor: ADA,
    })
    const exporting = {
      certificateId,
      format: 'pem',
      includeRoot: true,
      protection: null,
      actor: ADA,
    } as const
    const asked: [Method, unknown][] = [
      ['certificate.export', { ...exporting, what: 'certificate' }],
      ['certificate.export', { ...exporting, what: 'chain' }],
      ['certificate.export', { ...exporting, what: 'pkcs7' }],
      ['inventory.table', { which: { query: {} } }],
      ['list.file', { listId }],
      ['list.calendar', { authorityId: rootId }],
      ['request.export', { requestId: request.id, format: 'pem' }],
      ['rollover.plan', { authorityId: rootId }],
      ['journal.export', { actor: ADA }],
    ]
    await worker.client.call('vault.lock', null)
    const row = (await worker.client.call('certificate.detail', { certificateId })).row
    expect(row.verified).toBe(false)
    for (const [method, input] of asked)
      await expect(worker.client.call(method, input as never), method).rejects.toMatchObject({
        code: 'vault-locked',
      })
    await unlock(worker)
    await worker.client.call('certificate.export', { ...exporting, what: 'certificate' })
  })

  test('whose root was replaced names it when it is unlocked, by the name that the journal has', async () => {
    const { worker, certificateId } = await vault()
    await worker.client.call('vault.lock', null)
    const stranger = ownWorker()
    await createVault(stranger)
    const other = await issue(stranger, { profileId: 'root', commonName: 'Mallory Root' })
    const { der } = await stranger.client.call('certificate.detail', { certificateId: other.certificateId })
    const database = await openDatabase(worker.name)
    const record = (await database.get('certificates', certificateId))!
    const value = unpack(record.body.subarray(1)) as CertificateRecord
    await database.put('certificates', { ...record, body: pack({ ...value, der }, 1) })
    await transact(database, 'relaxed', (writing) => writing.clear('catalogue'))
    const { problems } = await unlock(worker)
    expect(problems).toContainEqual({
      store: 'certificates',
      id: certificateId,
      name: 'Example Root',
      kind: 'changed',
    })
  })

  test('whose root was taken away names it as well', async () => {
    const { worker, certificateId } = await vault()
    await worker.client.call('vault.lock', null)
    await (await openDatabase(worker.name)).delete('certificates', certificateId)
    const { problems } = await unlock(worker)
    expect(problems).toContainEqual(expect.objectContaining({ name: 'Example Root', kind: 'missing' }))
  })
})
