import { unzipSync } from 'fflate'
import { archiveOf } from '../../../src/paper/batch.ts'
import { X509Certificate } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { openPkcs12 } from '../../../src/containers/pkcs12/open.ts'
import type { BatchInput } from '../../../src/border/protocol.ts'
import type { BatchProgress, Progress } from '../../../src/border/views.ts'
import { createVault, handedOver, hierarchy, startWorker } from '../../support/worker.ts'
import { batchOf } from '../../support/inputs.ts'

const table = (count: number) =>
  [
    'CN,SAN',
    ...Array.from({ length: count }, (_, n) => `host${String(n)}.example.com,host${String(n)}.example.com`),
  ].join('\n')

const input = (
  authorityId: string,
  text: string,
  keys: BatchInput['keys'] = { kind: 'sealed' },
): BatchInput => ({ ...batchOf(authorityId, []), table: text, keys })

const isBatch = (progress: Progress): progress is BatchProgress => progress.kind === 'batch'

describe('a batch', () => {
  test('makes a certificate of every good row, names the bad ones, and zips them with their chains', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    const { intermediateId } = await hierarchy(worker)
    const text = `${table(3)}\nbad,not_a_name!\nshort\nlast.example.com,\n${'x'.repeat(65)},x.example.com`
    const result = await client.call('batch.start', input(intermediateId, text))
    expect(result).toMatchObject({ issued: 4, stopped: null })
    const made = { ids: result.certificateIds, offset: 0, limit: 10 }
    const found = await client.call('certificate.list', made)
    expect(found.rows.map(({ commonName }) => commonName).sort()).toContain('last.example.com')
    expect(found.total).toBe(4)
    expect(result.problems.map(({ line, code }) => `${String(line)} ${code}`)).toEqual([
      '5 not-a-name',
      '6 too-few-columns',
      '8 refused',
    ])
    const files = unzipSync(archiveOf(handedOver(result.made)).bytes)
    const names = Object.keys(files)
    expect(names.filter((name) => name.endsWith('.cert.pem'))).toHaveLength(4)
    expect(names.filter((name) => name.includes('key'))).toEqual([])
    const chain = new TextDecoder().decode(files[names.find((name) => name.endsWith('.chain.pem'))!])
    const [target, intermediate] = chain
      .split(/(?<=-----END CERTIFICATE-----\n)/)
      .map((pem) => new X509Certificate(pem))
    expect(target!.verify(intermediate!.publicKey)).toBe(true)
    expect(new TextDecoder().decode(files['list.csv'])).toContain('commonName=last.example.com')
    const { entries } = await client.call('journal.list', { offset: 0, limit: 7 })
    expect(entries.map(({ act }) => act)).toEqual([
      'batch-finished',
      'certificate-refused',
      ...Array<string>(4).fill('certificate-issued'),
      'batch-started',
    ])
    expect((await client.call('vault.check', null)).problems).toEqual([])
    worker.close()
  })

  test('what the plan promises is what is made, with warnings acknowledged or not', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    const { intermediateId } = await hierarchy(worker)
    const rows = ['web,web.example,', 'a.example,a.example,DEU', `${'x'.repeat(65)},b.example,`]
    const text = ['CN,DNS,C', ...rows, 'ok.example,ok.example,SE'].join('\n')
    const asked = input(intermediateId, text)
    const plan = await client.call('batch.read', asked)
    expect(plan.rows.map(({ line }) => line)).toEqual([2, 5])
    expect(plan.problems.map(({ line, field }) => [line, field])).toEqual([
      [3, 'country-name-malformed'],
      [4, 'name-attribute-length'],
    ])
    expect(plan.warned.map(({ line, findings }) => [line, findings?.map(({ code }) => code)])).toEqual([
      [2, ['cn-not-in-san']],
    ])
    const without = await client.call('batch.start', asked)
    expect([without.issued, without.problems.map(({ line }) => line)]).toEqual([1, [2, 3, 4]])
    expect(without.problems.every(({ findings }) => (findings?.length ?? 0) > 0)).toBe(true)
    const codes = plan.warned.flatMap(({ findings = [] }) => findings.map(({ code }) => code))
    const all = await client.call('batch.start', { ...asked, acknowledged: codes })
    expect(all.issued).toBe(plan.rows.length)
    worker.close()
  })

  test('hands keys out encrypted, and keeps none of them', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    const { intermediateId } = await hierarchy(worker)
    const protection = { kind: 'encrypted', passphrase: 'for the servers' } as const
    const start = (format: 'pkcs8' | 'pkcs12') =>
      client.call('batch.start', input(intermediateId, table(2), { kind: 'hand-out', format, protection }))
    const keys = Object.keys(unzipSync(archiveOf(handedOver((await start('pkcs8')).made)).bytes)).filter(
      (name) => name.includes('key'),
    )
    expect(keys.map((name) => name.slice(-'.encrypted-key.pem'.length))).toEqual(
      Array(2).fill('.encrypted-key.pem'),
    )
    const { rows } = await client.call('certificate.list', { offset: 0, limit: 10, search: 'host' })
    expect(rows.map(({ key }) => key)).toEqual(['handed-out', 'handed-out'])
    worker.close()
  })

  test('works the keys of its files out once, and tells how many are made', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    const { intermediateId } = await hierarchy(worker)
    const passphrase = 'for all the servers'
    const keys = {
      kind: 'hand-out',
      format: 'pkcs12',
      protection: { kind: 'encrypted', passphrase },
    } as const
    const made: number[] = []
    const derive = vi.spyOn(crypto.subtle, 'deriveBits')
    const { made: handed } = await client.call('batch.start', input(intermediateId, table(5), keys), {
      onProgress: (progress) => {
        if (isBatch(progress)) made.push(progress.made)
      },
    })
    expect(derive).toHaveBeenCalledOnce()
    derive.mockRestore()
    expect(made.at(-1)).toBe(5)
    const files = Object.entries(unzipSync(archiveOf(handedOver(handed)).bytes)).filter(([name]) =>
      name.endsWith('.p12'),
    )
    expect(files).toHaveLength(5)
    for (const [, file] of files) {
      const opened = await openPkcs12(file, passphrase)
      expect(opened.keys).toHaveLength(1)
      expect(opened.integrity).toBe('mac')
    }
    worker.close()
  })

  test('reports each certificate after it is stored, and only then', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    const { intermediateId } = await hierarchy(worker)
    const reported: string[] = []
    const checks: Promise<unknown>[] = []
    await client.call('batch.start', input(intermediateId, table(600)), {
      onProgress: (progress) => {
        if (!isBatch(progress)) return
        reported.push(...progress.committed)
        for (const certificateId of progress.committed.slice(0, 1)) {
          checks.push(client.call('certificate.detail', { certificateId }))
        }
      },
    })
    expect(reported).toHaveLength(600)
    await Promise.all(checks)
    expect(checks).toHaveLength(5)
    const { total, rows } = await client.call('certificate.list', {
      authorityId: intermediateId,
      offset: 0,
      limit: 1000,
    })
    expect(total).toBe(600)
    expect(new Set(rows.map(({ serialNumber }) => serialNumber)).size).toBe(600)
    worker.close()
  })

  test('cancelled, stops soon and keeps what was stored', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    const { intermediateId } = await hierarchy(worker)
    const controller = new AbortController()
    const result = await client.call('batch.start', input(intermediateId, table(1000)), {
      signal: controller.signal,
      onProgress: (progress) => {
        if (isBatch(progress) && progress.done > 0) controller.abort()
      },
    })
    expect(result.stopped).toEqual({ left: 1000 - result.issued, fromLine: result.issued + 2, why: null })
    expect(result.issued).toBeGreaterThan(0)
    expect(result.issued).toBeLessThan(1000)
    const { total } = await client.call('certificate.list', {
      authorityId: intermediateId,
      offset: 0,
      limit: 1,
    })
    expect(total).toBe(result.issued)
    expect((await client.call('vault.check', null)).problems).toEqual([])
    worker.close()
  })

  test('paused, does nothing until it is resumed', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    const { intermediateId } = await hierarchy(worker)
    let batchId = ''
    const running = client.call('batch.start', input(intermediateId, table(300)), {
      onProgress: (progress) => {
        if (!isBatch(progress) || batchId) return
        batchId = progress.batchId
        void client.call('batch.pause', { batchId })
      },
    })
    await expect.poll(() => batchId).not.toBe('')
    const count = async () =>
      (await client.call('certificate.list', { authorityId: intermediateId, offset: 0, limit: 1 })).total
    // Work begun before the pause is stored; nothing after it is.
    await expect.poll(count).toBe(128)
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(await count()).toBe(128)
    await client.call('batch.resume', { batchId })
    expect((await running).issued).toBe(300)
    await expect(client.call('batch.pause', { batchId })).rejects.toMatchObject({ code: 'batch-unknown' })
    worker.close()
  })

  test('ends when the vault is locked, with what was stored', async () => {
    const worker = startWorker()
    const { client } = worker
    await createVault(worker)
    const { intermediateId } = await hierarchy(worker)
    const locking: Promise<unknown>[] = []
    const result = await client.call('batch.start', input(intermediateId, table(1000)), {
      onProgress: (progress) => {
        if (isBatch(progress) && progress.done > 0) locking.push(client.call('vault.lock', null))
      },
    })
    await Promise.all(locking)
    expect(result.stopped).toMatchObject({ left: 1000 - result.issued, why: { code: 'vault-locked' } })
    const { total } = await client.call('certificate.list', {
      authorityId: intermediateId,
      offset: 0,
      limit: 1,
    })
    expect(total).toBe(result.issued)
    worker.close()
  })
})
