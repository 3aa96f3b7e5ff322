/** An override covers what was shown: not another CA, reason or moment with a finding of the same code. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { batchOf } from '../../support/inputs.ts'
import {
  ADA,
  createVault,
  hierarchy,
  issue,
  prepareInput,
  startWorker,
  PASSPHRASE,
  type TestWorker,
} from '../../support/worker.ts'

let worker: TestWorker
let other: TestWorker
let low: { certificateId: string; authorityId: string | null }

beforeEach(async () => {
  worker = startWorker()
  await createVault(worker)
  const { rootId } = await hierarchy(worker)
  const middle = await issue(worker, {
    ...{ authorityId: rootId, profileId: 'intermediate', commonName: 'Middle CA' },
    extensions: { pathLen: 1 },
  })
  low = await issue(worker, {
    ...{ authorityId: middle.authorityId, profileId: 'intermediate', commonName: 'Low CA' },
  })
  other = startWorker(worker.name, worker.clock)
  await other.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
  await worker.client.call('revocation.revoke', {
    ...{ certificateId: middle.certificateId, reason: 'superseded', invalidityDate: null, actor: ADA },
  })
})
afterEach(() => {
  worker.close()
  other.close()
})

const revokeLow = () =>
  other.client.call('revocation.revoke', {
    ...{ certificateId: low.certificateId, reason: 'superseded', invalidityDate: null, actor: ADA },
  })
const prepared = () =>
  worker.client.call(
    'issue.prepare',
    prepareInput({
      ...{ authorityId: low.authorityId, profileId: 'tlsServer' },
      ...{ commonName: 'a.example.com', names: ['a.example.com'] },
    }),
  )
const sign = ({ token, warnings }: Awaited<ReturnType<typeof prepared>>) =>
  worker.client.call('issue.sign', {
    ...{ token: token!, acknowledged: warnings, actor: ADA },
    ...{ caKey: { kind: 'vault' }, endEntityKey: { kind: 'sealed' } },
  })

test('a certificate that was prepared before the next tier was revoked is not signed', async () => {
  const before = await prepared()
  expect(before.warnings).toContain('tier-revoked')
  await revokeLow()
  await expect(sign(before)).rejects.toMatchObject({ code: 'authority-revoked', detail: { tier: 'Low CA' } })
  await sign(await prepared())
})

test('a batch ends when the next tier is revoked', async () => {
  const names = Array.from({ length: 600 }, (_, n) => `h${String(n)}.example.com`)
  const revoked: Promise<unknown>[] = []
  const batch = { ...batchOf(low.authorityId!, names), acknowledged: ['tier-revoked'] as const }
  const { issued, stopped } = await worker.client.call('batch.start', batch, {
    onProgress: (progress) => {
      if ('done' in progress && progress.done > 0 && revoked.length === 0) revoked.push(revokeLow())
    },
  })
  await Promise.all(revoked)
  expect(issued).toBeLessThan(names.length)
  expect(stopped).toMatchObject({ why: { code: 'authority-revoked' } })
})
