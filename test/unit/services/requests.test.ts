import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepareRequest, issueRequest } from '../../../src/ca/request.ts'
import { profileById } from '../../../src/ca/profiles.ts'
import { exportPkcs12 } from '../../../src/containers/export.ts'
import { isCodedError } from '../../../src/errors.ts'
import type { FindingCode } from '../../../src/findings.ts'
import type { In } from '../../../src/border/protocol.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import { issued, request, testKey } from '../../support/authority.ts'
import { hostileOctets, runs } from '../../support/fuzz.ts'
import { ADA, PASSPHRASE, createVault, hierarchy, startWorker } from '../../support/worker.ts'
import type { TestWorker } from '../../support/worker.ts'

let worker: TestWorker
let ids: { rootId: string; intermediateId: string }
beforeAll(async () => {
  worker = startWorker()
  await createVault(worker)
  ids = await hierarchy(worker)
})
afterAll(() => {
  worker.close()
})

const wishes = (commonName: string, profileId = 'tlsServer'): In<'request.make'>['request'] => ({
  profileId,
  subject: [{ type: 'commonName', value: commonName }],
  subjectAltNames: [],
  signature: null,
  extensions: {},
})
const make = (over: Partial<In<'request.make'>>, name = 'www.example.com') =>
  worker.client.call('request.make', {
    request: wishes(name),
    key: { kind: 'generate', algorithm: 'p256' },
    keyKeeping: { kind: 'vault' },
    actor: ADA,
    ...over,
  })
/** A request that came from elsewhere. */
async function foreign(commonName: string): Promise<Uint8Array> {
  const key = await testKey('p256')
  const prepared = prepareRequest(profileById('tlsServer')!, { ...request(commonName), key: key.spki })
  return (await issueRequest(prepared, key.signer)).der
}
const choices = (token: string) => ({
  token,
  authorityId: ids.intermediateId,
  profileId: 'tlsServer',
  validity: null,
  take: [],
})

test('CAs that are certified together may be given the right to sign OCSP responses', async () => {
  const { token } = await worker.client.call('certify.read', {
    files: [{ name: 'ca.csr', bytes: await foreign('sub.example.com') }],
    requestIds: [],
  })
  const usageOf = async (profileId: string, answersOcsp: boolean) => {
    const { previews } = await worker.client.call('certify.preview', {
      ...{ ...choices(token), authorityId: ids.rootId, profileId, answersOcsp },
      chosen: [0],
    })
    return previews[0]!.fields.find(({ field }) => field === 'keyUsage')?.given
  }
  expect(await usageOf('intermediate', false)).toBe('critical, keyCertSign, cRLSign')
  expect(await usageOf('intermediate', true)).toBe('critical, digitalSignature, keyCertSign, cRLSign')
  expect(await usageOf('tlsServer', true)).toBe('critical, digitalSignature')
})

describe('a request made here', () => {
  test('asks for no names at all only if it has a subject', async () => {
    const before = await worker.client.call('request.list', null)
    await expect(
      make({ request: { ...wishes(''), profileId: 'tlsClient', subject: [] } }),
    ).rejects.toMatchObject({ code: 'issue-field-invalid' })
    await expect(make({ key: { kind: 'generate', algorithm: 'rsa-1' } })).rejects.toMatchObject({
      code: 'algorithm-unsupported',
    })
    expect(await worker.client.call('request.list', null)).toEqual(before)
  })

  test('for a CA with a passphrase of its own: the answer makes it sign only once that is given', async () => {
    const row = await make({
      request: wishes('Ours', 'intermediate'),
      keyKeeping: { kind: 'own-passphrase', passphrase: 'a passphrase of its own' },
    })
    expect(row).toMatchObject({ isCa: true, key: 'own-passphrase' })
    // Another CA of ours signs it: as if it came back from outside.
    const { der } = await worker.client.call('request.detail', { requestId: row.id })
    const other = startWorker()
    await createVault(other)
    const outside = await hierarchy(other)
    const desk = await other.client.call('certify.read', {
      files: [{ name: 'a.csr', bytes: der }],
      requestIds: [],
    })
    const signed = await other.client.call('certify.sign', {
      ...choices(desk.token),
      authorityId: outside.rootId,
      profileId: 'intermediate',
      chosen: [0],
      acknowledged: [],
      actor: ADA,
    })
    const { chain } = await other.client.call('certificate.detail', {
      certificateId: signed.certified[0]!.certificateId,
    })
    other.close()
    const text = chain.map((each) => encodePem('CERTIFICATE', each)).join('')
    const bytes = new TextEncoder().encode(text)
    const { token, items } = await worker.client.call('answer.read', { files: [{ name: 'a.pem', bytes }] })
    expect(items).toMatchObject([
      { kind: 'answer', parent: 'Example Root', verdict: 'valid', suggested: true },
      { kind: 'authority', suggested: true },
    ])
    const [stored] = await worker.client.call('answer.store', { token, chosen: [0, 1], actor: ADA })
    const authority = (await worker.client.call('authority.list', null)).find(
      ({ id }) => id === stored!.authorityId,
    )
    expect(authority).toMatchObject({ key: 'own-passphrase', ready: false })
    const opened = await worker.client.call('authority.unlock', {
      authorityId: stored!.authorityId!,
      passphrase: 'a passphrase of its own',
      actor: ADA,
    })
    expect(opened.ready).toBe(true)
    // When read a second time, it is here already.
    const again = await worker.client.call('answer.read', { files: [{ name: 'a.pem', bytes }] })
    expect(again.items).toMatchObject([
      { kind: 'known', suggested: false },
      { kind: 'known', suggested: false },
    ])
  })

  test('a PKCS#12 brings its key; the wrong passphrase and a file without a key are said', async () => {
    const { certificate, key } = await issued(
      'tlsServer',
      request('k.example.com'),
      await issued('root', request('R'), null),
    )
    const options = { iterations: 2048, random: (n: number) => crypto.getRandomValues(new Uint8Array(n)) }
    const { bytes } = await exportPkcs12([certificate], key.pkcs8, 'secret', {
      ...options,
      friendlyName: 'k',
      includeRoot: false,
    })
    const bring = (passphrase: string, content = bytes) =>
      make({ key: { kind: 'brought', file: { name: 'k.p12', bytes: content }, passphrase } })
    await expect(bring('wrong')).rejects.toMatchObject({ code: 'container-password-wrong' })
    const java = new Uint8Array(readFileSync(new URL('../../fixtures/files/j-diffpass.p12', import.meta.url)))
    await expect(bring('storepass', java)).rejects.toMatchObject({ code: 'container-key-password' })
    await expect(bring('', certificate.der)).rejects.toMatchObject({ code: 'brought-key-count' })
    const row = await bring('secret')
    expect((await worker.client.call('request.list', null)).some(({ id }) => id === row.id)).toBe(true)
  })

  test('a CA’s key is certified again under its own name only', async () => {
    const ours = (await worker.client.call('authority.list', null)).find(
      ({ id }) => id === ids.intermediateId,
    )!
    const kept = { kind: 'kept', certificateId: ours.certificateId } as const
    await expect(make({ key: kept, request: wishes('Another CA', 'intermediate') })).rejects.toMatchObject({
      code: 'request-key-of-ca',
    })
    await expect(make({ key: kept })).rejects.toMatchObject({ code: 'request-key-of-ca' })
    expect(await make({ key: kept, request: wishes('Example Issuing CA', 'intermediate') })).toMatchObject({
      key: 'vault',
      isCa: true,
    })
  })
})

describe('many at once', () => {
  test('two tabs certify one waiting request once', async () => {
    const files = [{ name: 'a.csr', bytes: await foreign('tabs.example.com') }]
    const desk = await worker.client.call('certify.read', { files, requestIds: [] })
    await worker.client.call('certify.keep', { token: desk.token, chosen: [0], actor: ADA })
    const waiting = (await worker.client.call('request.list', null)).find(
      ({ name }) => name === 'tabs.example.com',
    )!
    const other = startWorker(worker.name)
    await other.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
    const sign = async ({ client }: TestWorker) => {
      const { token } = await client.call('certify.read', { files: [], requestIds: [waiting.id] })
      return () =>
        client.call('certify.sign', { ...choices(token), chosen: [0], acknowledged: [], actor: ADA })
    }
    const both = [await sign(worker), await sign(other)]
    const results = await Promise.all(both.map((run) => run()))
    expect(results.flatMap(({ certified }) => certified)).toHaveLength(1)
    expect(results.flatMap(({ failed }) => failed)).toMatchObject([{ failure: { code: 'record-outdated' } }])
    other.close()
  })

  test('a hundred are certified one after the other, and a cancelled run leaves whole certificates', async () => {
    const files = await Promise.all(
      Array.from({ length: 100 }, async (_, i) => ({
        name: `${String(i)}.csr`,
        bytes: await foreign(`host-${String(i)}.example.com`),
      })),
    )
    const { token, items } = await worker.client.call('certify.read', { files, requestIds: [] })
    const chosen = items.map(({ index }) => index)
    const abort = new AbortController()
    const start = performance.now()
    const first = await worker.client.call(
      'certify.sign',
      { ...choices(token), chosen, acknowledged: [], actor: ADA },
      {
        signal: abort.signal,
        onProgress: ({ done }) => {
          if (done === 40) abort.abort()
        },
      },
    )
    expect(first.stopped).toEqual({ left: chosen.length - first.certified.length, why: null })
    expect(first.certified.length).toBeGreaterThanOrEqual(40)
    const rest = await worker.client.call('certify.sign', {
      ...choices(token),
      chosen,
      acknowledged: [],
      actor: ADA,
    })
    console.info(`100 requests certified in ${String(Math.round(performance.now() - start))} ms`)
    expect(first.certified.length + rest.certified.length).toBe(100)
    expect((await worker.client.call('vault.check', null)).problems).toEqual([])
  })

  test('what lies on the desk is forgotten when the vault locks', async () => {
    const files = [{ name: 'a.csr', bytes: await foreign('gone.example.com') }]
    const { token } = await worker.client.call('certify.read', { files, requestIds: [] })
    await worker.client.call('vault.lock', null)
    await worker.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
    await expect(
      worker.client.call('certify.sign', { ...choices(token), chosen: [0], acknowledged: [], actor: ADA }),
    ).rejects.toMatchObject({ code: 'answer-unknown' })
  })
})

test('hostile octets are read, or named, and never a bug', async () => {
  const root = await issued('root', request('Hostile Root'), null)
  const seeds = [await foreign('seed.example.com'), root.certificate.der]
  await fc.assert(
    fc.asyncProperty(hostileOctets(seeds), async (bytes) => {
      const files = [{ name: 'hostile', bytes }]
      try {
        const { token, items } = await worker.client.call('certify.read', { files, requestIds: [] })
        const chosen = items.map(({ index }) => index)
        await worker.client.call('certify.preview', { ...choices(token), chosen, profileId: 'custom' })
        await worker.client.call('answer.read', { files })
      } catch (error) {
        if (!isCodedError(error)) throw error
      }
    }),
    { numRuns: runs(300) },
  )
})

test('a request whose signature cannot be checked is certified for whoever says so alone', async () => {
  const bytes = new Uint8Array(readFileSync(new URL('../../fixtures/lint/weak-keys/k1.csr', import.meta.url)))
  const sign = async (acknowledged: readonly FindingCode[]) => {
    const { token, items } = await worker.client.call('certify.read', {
      files: [{ name: 'k1.csr', bytes }],
      requestIds: [],
    })
    expect(items).toMatchObject([{ possession: 'unchecked' }])
    return worker.client.call('certify.sign', { ...choices(token), chosen: [0], acknowledged, actor: ADA })
  }
  const asked: FindingCode[] = ['possession-unchecked', 'key-kind-unchecked']
  for (const short of [[], asked.slice(1), asked.slice(0, 1)])
    expect((await sign(short)).failed).toMatchObject([{ failure: { code: 'issue-not-acknowledged' } }])
  expect((await sign(asked)).certified).toHaveLength(1)
})
