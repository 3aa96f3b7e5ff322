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
let rootId: string
let low: { certificateId: string; authorityId: string | null }

beforeEach(async () => {
  worker = startWorker()
  await createVault(worker)
  rootId = (await hierarchy(worker)).rootId
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

const revoke = (certificateId: string) =>
  other.client.call('revocation.revoke', {
    ...{ certificateId, reason: 'superseded', invalidityDate: null, actor: ADA },
  })
const revokeLow = () => revoke(low.certificateId)
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

test('of two CAs that are called the same, only the one that was shown is covered', async () => {
  const twin = async (country: string, authorityId: string) => {
    const wish = { authorityId, profileId: 'intermediate', commonName: 'Twin CA', extensions: { pathLen: 1 } }
    const { request, ...input } = prepareInput(wish)
    const subject = [{ type: 'countryName', value: country }, ...request.subject]
    const { token, warnings } = await worker.client.call('issue.prepare', {
      ...input,
      request: { ...request, subject },
    })
    return worker.client.call('issue.sign', {
      ...{ token: token!, acknowledged: warnings, actor: ADA },
      ...{ caKey: { kind: 'vault' }, endEntityKey: { kind: 'sealed' } },
    })
  }
  const upper = await twin('DE', rootId)
  low = await twin('FR', upper.authorityId!)
  const second = worker.clock.now - (worker.clock.now % 1000) + 1000
  worker.clock.now = second
  await revoke(low.certificateId)
  const before = await prepared()
  // In the same second, and for the same reason.
  worker.clock.now = second
  await revoke(upper.certificateId)
  await expect(sign(before)).rejects.toMatchObject({ code: 'authority-revoked' })
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
