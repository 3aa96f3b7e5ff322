/**
 * A CA that is revoked, on hold, or below such a CA: it signs CRLs, and anything else only if the user accepts that.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { In } from '../../../src/border/protocol.ts'
import { batchOf } from '../../support/inputs.ts'
import {
  ADA,
  createVault,
  hierarchy,
  issue,
  LIST,
  PASSPHRASE,
  prepareInput,
  startWorker,
  type TestWorker,
} from '../../support/worker.ts'

let worker: TestWorker
let authorityId: string
let rootId: string
beforeEach(async () => {
  worker = startWorker()
  await createVault(worker)
  ;({ rootId, intermediateId: authorityId } = await hierarchy(worker))
})
afterEach(() => {
  worker.close()
})

const server = (commonName = 'a.example.com') => ({
  ...{ authorityId, profileId: 'tlsServer', commonName, names: [commonName] },
})

async function revoke(reason: In<'revocation.revoke'>['reason'], { client } = worker): Promise<void> {
  const { certificateId } = (await client.call('authority.list', null)).find(({ id }) => id === authorityId)!
  await client.call('revocation.revoke', { certificateId, reason, invalidityDate: null, actor: ADA })
}

const sign = (token: string | null, acknowledged: Parameters<typeof issueSign>[1]) =>
  issueSign(token!, acknowledged)
const issueSign = (token: string, acknowledged: Awaited<ReturnType<typeof prepared>>['warnings']) =>
  worker.client.call('issue.sign', {
    ...{ token, acknowledged, actor: ADA },
    ...{ caKey: { kind: 'vault' }, endEntityKey: { kind: 'sealed' } },
  })
const prepared = () => worker.client.call('issue.prepare', prepareInput(server()))

const overridden = async (): Promise<string[]> => {
  const { entries } = await worker.client.call('journal.list', { offset: 0, limit: 1000 })
  return entries.flatMap(({ act, subject }) => (act === 'revocation-overridden' ? [subject] : []))
}

describe.each([
  ['cACompromise', 'tier-revoked'],
  ['certificateHold', 'tier-on-hold'],
] as const)('a CA revoked for %s', (reason, code) => {
  test('signs a certificate only where that is accepted, and the journal has it', async () => {
    await revoke(reason)
    const { token, warnings } = await prepared()
    expect(warnings).toContain(code)
    await expect(sign(token, [])).rejects.toMatchObject({ code: 'authority-revoked' })
    expect(await overridden()).toEqual([])
    await sign(token, warnings)
    expect(await overridden()).toEqual(['Example Issuing CA'])
  })

  test('signs nothing that was prepared before', async () => {
    const { token, warnings } = await prepared()
    await revoke(reason)
    await expect(sign(token, warnings)).rejects.toMatchObject({ code: 'authority-revoked' })
    expect((await worker.client.call('certificate.list', { authorityId, offset: 0, limit: 1 })).total).toBe(0)
  })

  test('signs a request for its key only where that is accepted, and the journal has it', async () => {
    await revoke(reason)
    const { client } = worker
    const { certificateId } = (await client.call('authority.list', null)).find(
      ({ id }) => id === authorityId,
    )!
    const { profileId, subject, subjectAltNames, ...asked } = await client.call('request.again', {
      certificateId,
    })
    expect(asked.authorityId).toBe(authorityId)
    const shown = (await client.call('authority.list', null)).find(({ id }) => id === authorityId)!.against
    const make = (acknowledged?: readonly (typeof code)[]) =>
      client.call('request.make', {
        request: { profileId, subject, subjectAltNames, signature: null, extensions: {} },
        key: { kind: 'kept', certificateId },
        ...{ keyKeeping: { kind: 'vault' }, actor: ADA },
        ...(acknowledged && { acknowledged, shown }),
      })
    for (const none of [undefined, []])
      await expect(make(none)).rejects.toMatchObject({ code: 'authority-revoked' })
    expect(await client.call('request.list', null)).toEqual([])
    expect(await overridden()).toEqual([])
    await make([code])
    expect(await client.call('request.list', null)).toHaveLength(1)
    expect(await overridden()).toEqual(['Example Issuing CA'])
  })

  test('signs its lists as before', async () => {
    await revoke(reason)
    expect((await worker.client.call('list.sign', { ...LIST, authorityId })).lists).toHaveLength(1)
  })

  test('ends a batch that was begun before', async () => {
    const other = startWorker(worker.name, worker.clock)
    await other.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
    const names = Array.from({ length: 600 }, (_, n) => `host${String(n)}.example.com`)
    const ended: Promise<unknown>[] = []
    const result = await worker.client.call('batch.start', batchOf(authorityId, names), {
      onProgress: ({ done }) => {
        if (done > 0 && ended.length === 0) ended.push(revoke(reason, other))
      },
    })
    await Promise.all(ended)
    expect(result.stopped).toMatchObject({ left: 600 - result.issued, why: { code: 'authority-revoked' } })
    other.close()
  })

  test('a batch says it of its rows, and is issued where that is accepted: one entry for all', async () => {
    await revoke(reason)
    const names = Array.from({ length: 200 }, (_, n) => `host${String(n)}.example.com`)
    const wish = batchOf(authorityId, names)
    await expect(worker.client.call('batch.start', wish)).rejects.toMatchObject({ code: 'authority-revoked' })
    const { against: shown } = await worker.client.call('batch.read', wish)
    const accepted = { ...wish, acknowledged: [code], shown }
    expect((await worker.client.call('batch.start', accepted)).issued).toBe(200)
    expect(await overridden()).toEqual(['Example Issuing CA'])
  })
})

test('a CA below one that is revoked, and one whose issuer brought a list that names it', async () => {
  const wide = { pathLen: 1 }
  const middle = await issue(worker, {
    ...{ authorityId: rootId, profileId: 'intermediate', commonName: 'Middle CA', extensions: wide },
  })
  const wish = { authorityId: middle.authorityId, profileId: 'intermediate', commonName: 'Low CA' }
  const low = await issue(worker, wish)
  authorityId = middle.authorityId!
  await revoke('keyCompromise')
  authorityId = low.authorityId!
  const { findings, warnings, token } = await prepared()
  expect(findings).toContainEqual({
    code: 'tier-revoked',
    detail: expect.objectContaining({ tier: 'Middle CA', reason: 'keyCompromise' }) as unknown,
  })
  await sign(token, warnings)
  expect(await overridden()).toEqual(['Low CA · Middle CA'])
})

test('a hold that was ended here is ended, whatever the list before it says', async () => {
  await revoke('certificateHold')
  await worker.client.call('list.sign', { ...LIST, authorityId: rootId })
  const { certificateId } = (await worker.client.call('authority.list', null)).find(
    ({ id }) => id === authorityId,
  )!
  await worker.client.call('revocation.release', { certificateId, actor: ADA })
  expect((await prepared()).warnings).not.toContain('tier-on-hold')
})
