import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, test, vi } from 'vitest'
import { toDer } from '../../../src/containers/ber.ts'
import { isJks, readJks } from '../../../src/containers/jks.ts'
import { CONTAINER_LIMITS } from '../../../src/containers/limits.ts'
import { parseIndex } from '../../../src/containers/openssl-database.ts'
import { encodePkcs12 } from '../../../src/containers/pkcs12/encode.ts'
import { openPkcs12 } from '../../../src/containers/pkcs12/open.ts'
import { encodePkcs7, readPkcs7 } from '../../../src/containers/pkcs7.ts'
import { openPkcs8, sealPkcs8 } from '../../../src/containers/pkcs8.ts'
import { readPrivateKey } from '../../../src/containers/private-key.ts'
import { readPile } from '../../../src/containers/pile/read-pile.ts'
import { readSst, trustIn } from '../../../src/containers/sst.ts'
import { readTar } from '../../../src/containers/untar.ts'
import { readZip } from '../../../src/containers/unzip.ts'
import { isCodedError } from '../../../src/errors.ts'
import { feed, hostileOctets, runs } from '../../support/fuzz.ts'
import { debianRoots } from '../../support/roots.ts'

vi.setConfig({ testTimeout: Math.max(120_000, runs(120_000)) })

// What `npm run test:long` does five times as often.
const MANY = 20_000
/** Each of these derives a key, or calls WebCrypto; iterations are limited as for a file from outside, but lower. */
const SOME = 10_000
/** Each of these creates streams. */
const FEW = 400
const limits = { ...CONTAINER_LIMITS, iterations: 1000 }

const [, certificate] = debianRoots()[0]!
const pkcs8 = new Uint8Array(
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }),
)
const write = { iterations: 1, random: (length: number) => new Uint8Array(randomBytes(length)) }
const pkcs7 = encodePkcs7([certificate])
const pkcs12 = await encodePkcs12(
  { entries: [{ friendlyName: 'x', pkcs8, certificate, chain: [] }] },
  'a',
  write,
)
const sealed = await sealPkcs8(pkcs8, 'a', write)

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/files/${name}`, import.meta.url)))

function javaStore(): Uint8Array {
  const file = join(mkdtempSync(join(tmpdir(), 'jks-')), 'store.jks')
  const words = [
    '-genkeypair',
    '-keyalg',
    'EC',
    '-dname',
    'CN=x',
    '-storetype',
    'JKS',
    '-storepass',
    'changeit',
    '-keypass',
    'changeit',
    '-alias',
    'a',
  ]
  execFileSync('keytool', [...words, '-keystore', file], { stdio: 'pipe' })
  return new Uint8Array(readFileSync(file))
}

async function feedSlowly(
  seeds: readonly Uint8Array[],
  open: (bytes: Uint8Array) => Promise<unknown>,
  times = SOME,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(hostileOctets(seeds), async (bytes) => {
      try {
        await open(bytes)
      } catch (error) {
        if (!isCodedError(error)) throw error
      }
    }),
    { numRuns: runs(times) },
  )
}

describe('hostile octets end in a value or a CodedError', () => {
  test(`BER, ${String(MANY)} times`, () => {
    feed([pkcs12, pkcs7], (bytes) => toDer(bytes, limits), MANY)
  })
  test(`PKCS#7, ${String(MANY)} times`, () => {
    feed([pkcs7], (bytes) => readPkcs7(bytes, limits), MANY)
  })
  test(`a Java key store, ${String(MANY)} times`, () => {
    const store = javaStore()
    expect(isJks(store)).toBe(true)
    // The one with a secret key between its certificates: a Java object without a stated length.
    const withObject = fixture('j-sk.jceks')
    feed([store, withObject], (bytes) => readJks(bytes, limits), MANY)
  })
  test(`the text database of openssl ca, ${String(MANY)} times`, () => {
    const text =
      'V\t300101000000Z\t\t01\tunknown\t/CN=a\nR\t300101000000Z\t260101000000Z,keyCompromise\t02\tunknown\t/CN=b\n'
    feed([new TextEncoder().encode(text)], (bytes) => parseIndex(new TextDecoder().decode(bytes)), MANY)
  })
  test(`directories and headers of archives, ${String(MANY)} times each`, () => {
    const zip = zipSync({ 'a.crt': certificate, 'b/c.crt': certificate })
    feed([zip], (bytes) => [...readZip(bytes)], MANY)
    feed([fixture('q29.sst')], (bytes) => [...readSst(bytes, limits)].map((entry) => trustIn(entry)), MANY)
    feed([new Uint8Array(gunzipSync(fixture('q26.tgz')))], (bytes) => [...readTar(bytes)], MANY / 10)
  })
  test(`a pile of archives, ${String(FEW)} times`, () =>
    feedSlowly(
      [fixture('q26.zip'), fixture('q26.tgz')],
      async (bytes) => {
        const { problems } = await readPile([{ name: 'x', bytes }])
        expect(problems.filter(({ code }) => code === 'pile-block-failed')).toEqual([])
      },
      FEW,
    ))
  test(`PKCS#12, ${String(SOME)} times`, () =>
    feedSlowly([pkcs12], (bytes) => openPkcs12(bytes, 'a', { limits })))
  test(`encrypted PKCS#8, ${String(SOME)} times`, () =>
    feedSlowly([sealed], (bytes) => openPkcs8(bytes, 'a', { limits })))
  test(`plain private keys, ${String(SOME)} times`, () => feedSlowly([pkcs8], readPrivateKey))
})
