import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sameOctets } from '../../../src/octets.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import { hostileOctets, runs } from '../../support/fuzz.ts'
import { debianRoots } from '../../support/roots.ts'
import { createVault, hierarchy, startWorker, type TestWorker } from '../../support/worker.ts'

// Wherever files are read, a bad one is named and does not affect the others.

const FIXTURES = new URL('../../fixtures/', import.meta.url)
const file = (name: string, bytes: Uint8Array, unread?: string) => ({
  name,
  bytes: bytes.slice(),
  ...(unread !== undefined && { unread }),
})
const fixture = (path: string, name = path.split('/').at(-1)!) =>
  file(name, new Uint8Array(readFileSync(new URL(path, FIXTURES))))
const [[, root]] = debianRoots() as [[string, Uint8Array]]
const utf8 = (text: string) => new TextEncoder().encode(text)

const request = fixture('requests/csr-good.pem')
const certificate = file('root.pem', utf8(encodePem('CERTIFICATE', root)))
const cut = file('cut.pem', utf8(encodePem('CERTIFICATE', root.subarray(0, root.length - 40))))
/** The name of each, with the code of its problem. */
const BAD = [
  [fixture('requests/csr-no-set-around.pem'), 'der-unexpected-tag'],
  [file('empty.csr', new Uint8Array()), 'pile-file-empty'],
  [file('closed.csr', new Uint8Array(), 'NotReadableError'), 'pile-file-unreadable'],
  [file('login.csr', utf8('<!DOCTYPE html><title>Log in</title>')), 'pile-format-not-read'],
  [file('cut.pem', cut.bytes), 'der-truncated'],
  [file('noise.bin', Uint8Array.of(1, 2, 3, 4)), 'pile-nothing-found'],
] as const
const bad = BAD.map(([each]) => file(each.name, each.bytes, each.unread))
const named = BAD.map(([{ name }, code]) => `${name}: ${code}`).toSorted()
const saidOf = (problems: readonly { code: string; source: { file: string } }[]): string[] =>
  problems.map(({ code, source }) => `${source.file}: ${code}`).toSorted()

let worker: TestWorker
let authorityId: string
beforeAll(async () => {
  worker = startWorker()
  await createVault(worker)
  authorityId = (await hierarchy(worker)).intermediateId
})
afterAll(() => {
  worker.close()
})

describe.each([0, 3, bad.length])('a good file behind %i bad ones', (before) => {
  const among = (good: ReturnType<typeof file>) => {
    const all = bad.map((each) => file(each.name, each.bytes, each.unread))
    return [...all.slice(0, before), file(good.name, good.bytes), ...all.slice(before)]
  }

  test('a request for the form', async () => {
    const { requests, problems } = await worker.client.call('request.read', { files: among(request) })
    expect(requests.map((each) => each.file)).toEqual(['csr-good.pem'])
    expect(saidOf(problems)).toEqual(named)
  })

  test('requests to certify', async () => {
    const input = { files: among(request), requestIds: [] }
    const { items, problems } = await worker.client.call('certify.read', input)
    expect(items.map((each) => each.file)).toEqual(['csr-good.pem'])
    expect(saidOf(problems)).toEqual(named)
  })

  test('another CA, to cross-certify', async () => {
    const { found, problems } = await worker.client.call('cross.read', { files: among(certificate) })
    expect(found.map((each) => each.file)).toEqual(['root.pem'])
    expect(saidOf(problems)).toEqual(named)
  })

  test('an answer to a request', async () => {
    const { items, problems } = await worker.client.call('answer.read', { files: among(certificate) })
    expect(items.map((each) => each.file)).toEqual(['root.pem'])
    // Requests are not examined here.
    expect(saidOf(problems)).toEqual(named.filter((name) => !name.startsWith('csr-no-set')))
  })

  test('what is brought in', async () => {
    await worker.client.call('import.clear', null)
    const view = await worker.client.call('import.read', { files: among(certificate) })
    expect(view.authorities.length).toBe(1)
    expect(saidOf(view.problems)).toEqual(named)
  })

  test('what is validated', async () => {
    const input = { files: among(certificate), passwords: [], add: false }
    const { total, problems } = await worker.client.call('validate.read', input)
    expect(total).toBe(1)
    expect(saidOf(problems)).toEqual(named.filter((name) => !name.startsWith('csr-no-set')))
  })
})

test('octets from anyone, beside a good request: it is read, and shown with what it would get', async () => {
  const seeds = [
    'csr-good.pem',
    'csr-ms-and-pkcs9.pem',
    'csr-openssl-idn.pem',
    'csr-latin1-with-san.pem',
  ].map((name) => {
    const [, body = ''] = /-----BEGIN[^-]+-----([^-]+)/.exec(
      readFileSync(new URL(`requests/${name}`, FIXTURES), 'latin1'),
    )!
    return new Uint8Array(Buffer.from(body, 'base64'))
  })
  await fc.assert(
    fc.asyncProperty(fc.array(hostileOctets(seeds), { minLength: 8, maxLength: 8 }), async (hostile) => {
      const files = [
        ...hostile.map((bytes, i) => file(`${String(i)}.csr`, bytes)),
        file('good.pem', request.bytes),
      ]
      const read = await worker.client.call('certify.read', { files, requestIds: [] })
      expect(read.items.at(-1)).toMatchObject({ file: 'good.pem', possession: 'valid' })
      const chosen = read.items.map(({ index }) => index)
      const choices = { token: read.token, authorityId, profileId: 'tlsServer', validity: null, take: [] }
      const { previews } = await worker.client.call('certify.preview', { ...choices, chosen })
      expect(previews).toHaveLength(chosen.length)
      const { requests } = await worker.client.call('request.read', { files })
      expect(requests.at(-1)?.file).toBe('good.pem')
      const { found } = await worker.client.call('cross.read', { files })
      expect(found.at(-1)?.file).toBe('good.pem')
    }),
    { numRuns: runs(60), seed: 20_261_128 },
  )
})

test('octets from anyone, beside a good certificate', async () => {
  // The same one twice is shown once.
  const changed = hostileOctets([root]).filter((bytes) => !sameOctets(bytes, root))
  await fc.assert(
    fc.asyncProperty(fc.array(changed, { minLength: 8, maxLength: 8 }), async (hostile) => {
      const files = [
        ...hostile.map((bytes, i) => file(`${String(i)}.der`, bytes)),
        file('good.pem', certificate.bytes),
      ]
      const { found } = await worker.client.call('cross.read', { files })
      expect(found.map((each) => each.file)).toContain('good.pem')
      const { items } = await worker.client.call('answer.read', { files })
      expect(items.map((each) => each.file)).toContain('good.pem')
      await worker.client.call('import.clear', null)
      const view = await worker.client.call('import.read', { files })
      expect(view.authorities.length).toBeGreaterThan(0)
    }),
    { numRuns: runs(40), seed: 20_261_128 },
  )
})
