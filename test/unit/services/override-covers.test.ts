/** An override covers what was shown: not another CA, reason or moment with a finding of the same code. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { batchOf, RESPONSES } from '../../support/inputs.ts'
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
    extensions: { keyUsage: ['keyCertSign', 'cRLSign', 'digitalSignature'] },
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
  const authorityId = low.authorityId!
  const { against: shown } = await worker.client.call('batch.read', batchOf(authorityId, names))
  const batch = { ...batchOf(authorityId, names), acknowledged: ['tier-revoked'] as const, shown }
  const { issued, stopped } = await worker.client.call('batch.start', batch, {
    onProgress: (progress) => {
      if ('done' in progress && progress.done > 0 && revoked.length === 0) revoked.push(revokeLow())
    },
  })
  await Promise.all(revoked)
  expect(issued).toBeLessThan(names.length)
  expect(stopped).toMatchObject({ why: { code: 'authority-revoked' } })
})

test('a batch, requests, renewals and responses go by what their plans showed, not by what is found as they begin', async () => {
  const authorityId = low.authorityId!
  const { client } = worker
  const accepted = ['tier-revoked'] as const
  const leaf = await sign(await prepared())
  const batch = batchOf(authorityId, ['b.example.com'])
  const requested = await client.call('request.make', {
    request: {
      profileId: 'tlsServer',
      subject: [],
      subjectAltNames: [{ kind: 'dNSName', value: 'c.example.com' }],
      signature: null,
      extensions: {},
    },
    key: { kind: 'generate', algorithm: 'p256' },
    ...{ keyKeeping: { kind: 'vault' }, actor: ADA },
  })
  const { token } = await client.call('certify.read', { files: [], requestIds: [requested.id] })
  const choices = { token, authorityId, profileId: 'tlsServer', validity: null, take: [], chosen: [0] }
  const renewing = { kind: 'renew', revokeFormer: false } as const
  const plans = async () => ({
    batch: (await client.call('batch.read', batch)).against,
    certify: (await client.call('certify.preview', choices)).against,
    bulk: (await client.call('bulk.plan', { which: { ids: [leaf.certificateId] }, act: renewing })).against,
    responses: (await client.call('response.plan', { authorityId })).against,
    own: (await client.call('authority.list', null)).find(({ id }) => id === authorityId)!.against,
  })
  const runs = (shown: Awaited<ReturnType<typeof plans>>) => {
    const said = { acknowledged: accepted, actor: ADA }
    return [
      () => client.call('batch.start', { ...batch, ...said, shown: shown.batch }),
      () => client.call('certify.sign', { ...choices, ...said, shown: shown.certify }),
      () => client.call('response.sign', { ...RESPONSES, ...said, authorityId, shown: shown.responses }),
      () =>
        client.call('request.make', {
          request: {
            profileId: 'intermediate',
            subject: [{ type: 'commonName', value: 'Low CA' }],
            subjectAltNames: [],
            signature: null,
            extensions: {},
          },
          key: { kind: 'kept', certificateId: low.certificateId },
          ...{ ...said, keyKeeping: { kind: 'vault' }, shown: shown.own },
        }),
    ]
  }
  const renewed = async (shown: Awaited<ReturnType<typeof plans>>) =>
    (
      await client.call('bulk.run', {
        ...{ ids: [leaf.certificateId], act: renewing, shown: shown.bulk },
        ...{ acknowledged: accepted, actor: ADA },
      })
    ).done
  const before = await plans()
  await revokeLow()
  for (const run of runs(before)) await expect(run()).rejects.toMatchObject({ code: 'authority-revoked' })
  expect(await renewed(before)).toBe(0)
  const after = await plans()
  for (const run of runs(after)) await run()
  expect(await renewed(after)).toBe(1)
})
