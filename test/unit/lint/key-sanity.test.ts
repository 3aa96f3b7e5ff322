import { readFileSync, readdirSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { FindingCode } from '../../../src/findings.ts'
import { hasClosePrimes, isRoca, smallFactor } from '../../../src/lint/keys/arithmetic.ts'
import { bitString, oid, seq } from '../../../src/der/writer.ts'
import { bigIntOf, hexOctets } from '../../../src/octets.ts'
import { ALGORITHM_OIDS, KEY_OIDS } from '../../../src/x509/oids.ts'
import { KEY_RULES, keyFindings } from '../../../src/lint/keys/index.ts'
import { lint } from '../../../src/lint/lint.ts'
import {
  agreementKey,
  anyPoint,
  closeKey,
  divisibleKey,
  noPoint,
  primeKey,
  rsaKey,
  rsaKeyOf,
  weakGeneratorKey,
} from '../../../src/services/validate/examples/public-keys.ts'
import { generateKeyPair } from '../../../src/webcrypto/keys.ts'
import { KEY_ALGORITHMS } from '../../../src/webcrypto/algorithms.ts'
import type { KeyAlgorithmId } from '../../../src/webcrypto/algorithms.ts'
import type { Certificate } from '../../../src/x509/certificate.ts'
import { parseRequest } from '../../../src/x509/request.ts'
import { parseSpkiDer } from '../../../src/x509/spki.ts'
import type { Spki } from '../../../src/x509/spki.ts'
import { root } from '../../support/chain.ts'

let drawn: Certificate
beforeAll(async () => {
  drawn = (await root()).certificate
})
const codes = (spki: Spki): FindingCode[] =>
  lint({ ...drawn, spki }, KEY_RULES, { place: 'target', issuedAt: drawn.notBefore, issuer: null }).map(
    ({ code }) => code,
  )

test.each(Object.keys(KEY_ALGORITHMS) as KeyAlgorithmId[])(
  'nothing is said of a key of %s made here',
  async (id) => {
    const { spki } = await generateKeyPair(id)
    expect(codes(parseSpkiDer(spki))).toEqual([])
  },
)

/** Requests with keys that must be refused, or certified only with a warning. */
const WEAK: Readonly<Record<string, readonly FindingCode[]>> = {
  'r512.csr': ['rsa-below-1024'],
  'r768.csr': ['rsa-below-1024'],
  'r1024.csr': ['rsa-below-2048'],
  'e1.csr': ['rsa-exponent-unusable'],
  'e3.csr': ['rsa-exponent-small'],
  'fermat.csr': ['rsa-close-primes'],
  'three.csr': ['rsa-small-factor', 'rsa-bits-odd'],
  'k1.csr': ['key-kind-unchecked'],
  'p256.csr': [],
}
const FOLDER = new URL('../../fixtures/lint/weak-keys/', import.meta.url)

test.each(readdirSync(FOLDER))('%s', (file) => {
  const der = new Uint8Array(readFileSync(new URL(file, FOLDER)))
  expect(codes(parseRequest(der).spki)).toEqual(WEAK[file])
})

test.each<[FindingCode, () => Uint8Array]>([
  ['key-malformed', noPoint],
  ['key-not-on-curve', anyPoint],
  ['key-kind-unchecked', agreementKey],
  ['rsa-small-factor', divisibleKey],
  ['rsa-modulus-prime', primeKey],
  ['rsa-exponent-large', () => rsaKey(2048, 2n ** 63n + 1n)],
  ['rsa-close-primes', closeKey],
  ['rsa-weak-generator', weakGeneratorKey],
  ['rsa-bits-odd', () => rsaKeyOf(2n ** 2050n + 1n)],
  ['rsa-long', () => rsaKey(8192, 65537)],
])('%s is said of such a key', (code, write) => {
  expect(codes(parseSpkiDer(write()))).toContain(code)
})

test('an exponent as long as the modulus is of no use, and is not told in hundreds of digits', () => {
  const key = parseSpkiDer(rsaKey(2048, 65537))
  const withExponent = (exponent: bigint) =>
    keyFindings({ ...key, rsa: { ...key.rsa!, exponent } }).filter(
      ({ code }) => code === 'rsa-exponent-unusable',
    )
  const modulus = bigIntOf(key.rsa!.modulus)
  expect(withExponent(modulus + 2n)).toMatchObject([{ detail: { exponent: 'a number of 2048 bits' } }])
  expect(withExponent(modulus - 2n)).toEqual([])
})

describe('arithmetic', () => {
  test('small factors', () => {
    const prime = 2n ** 521n - 1n
    expect([smallFactor(prime), smallFactor(743n * prime), smallFactor(2n * prime)]).toEqual([null, 743n, 2n])
    expect(smallFactor(757n * prime)).toBe(null)
  })
  test('primes side by side are found, others are not', () => {
    const [p, q] = [2n ** 127n - 1n, 2n ** 521n - 1n]
    expect(hasClosePrimes(p * q)).toBe(false)
    expect(hasClosePrimes((p + 2n) * (p + 100n))).toBe(true)
    expect(hasClosePrimes(0n)).toBe(false)
  })
  test('the mark of the weak generator', () => {
    expect(isRoca(65537n)).toBe(true)
    expect(isRoca(65537n ** 9n)).toBe(true)
    expect(isRoca(2n ** 521n - 1n)).toBe(false)
  })
  test('octets as a number', () => {
    expect([bigIntOf(Uint8Array.of(1, 0)), bigIntOf(new Uint8Array(0))]).toEqual([256n, 0n])
  })
})

describe('keys that no engine imports', () => {
  const key = (algorithm: Uint8Array, octets: Uint8Array) =>
    codes(parseSpkiDer(seq(algorithm, bitString(octets))))
  const on = (curve: string) => (octets: Uint8Array) =>
    key(seq(oid(KEY_OIDS.ecPublicKey), oid(curve)), octets)
  /** The base point of secp256k1. */
  const G =
    '79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8'
  const point = (hex: string): Uint8Array => hexOctets(hex)!

  test('a point of secp256k1 has its length, its form and its curve', () => {
    const k1 = on(ALGORITHM_OIDS.secp256k1)
    expect(k1(point(`04${G}`))).toEqual(['key-kind-unchecked'])
    expect(k1(point(`02${G.slice(0, 64)}`))).toEqual(['key-kind-unchecked'])
    expect(k1(point(`04${G.slice(0, -2)}b9`))).toEqual(['key-not-on-curve', 'key-kind-unchecked'])
    expect(k1(point(`02${'0'.repeat(63)}5`))).toEqual(['key-not-on-curve', 'key-kind-unchecked'])
    for (const wrong of [`04${G.slice(2)}`, `06${G}`, '00', '', `03${G}`])
      expect(k1(point(wrong))).toEqual(['key-malformed'])
  })
  test('a compressed point of P-256 needs a y', () => {
    const p256 = on(KEY_OIDS.secp256r1)
    const x = '6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296'
    expect(p256(point(`03${x}`))).toEqual(['key-kind-unchecked'])
    expect(p256(point(`02${'ff'.repeat(32)}`))).toEqual(['key-not-on-curve', 'key-kind-unchecked'])
    expect(p256(point(`02${'0'.repeat(63)}1`))).toEqual(['key-not-on-curve', 'key-kind-unchecked'])
  })
  test('the point at infinity is no key on a curve nobody knows', () => {
    expect(on('1.3.132.0.6')(point('00'))).toEqual(['key-malformed'])
    expect(on('1.3.132.0.6')(point('0401'))).toEqual(['key-malformed'])
  })
  test.each([
    ALGORITHM_OIDS.Ed448,
    ALGORITHM_OIDS.X25519,
    ALGORITHM_OIDS['ML-KEM-768'],
    ALGORITHM_OIDS['SLH-DSA-SHA2-128s'],
  ])('three octets are no key of %s', (algorithm) => {
    expect(key(seq(oid(algorithm)), point('010203'))).toEqual(['key-malformed'])
  })
  test('an Ed25519 key is a point, and not one that anyone can sign for', () => {
    const ed = (hex: string) => key(seq(oid(KEY_OIDS.ed25519)), point(hex))
    expect(ed('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')).toEqual([])
    for (const none of [`01${'00'.repeat(31)}`, '00'.repeat(32), `02${'00'.repeat(31)}`, 'ff'.repeat(32)])
      expect(ed(none)).toEqual(['key-not-on-curve'])
    expect(ed('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')).toEqual([
      'key-not-on-curve',
    ])
  })
})
