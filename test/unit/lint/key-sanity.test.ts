import { readFileSync, readdirSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { FindingCode } from '../../../src/findings.ts'
import { hasClosePrimes, isRoca, smallFactor } from '../../../src/lint/keys/arithmetic.ts'
import { bigIntOf } from '../../../src/octets.ts'
import { KEY_RULES, keyFindings } from '../../../src/lint/keys/index.ts'
import { lint } from '../../../src/lint/lint.ts'
import {
  agreementKey,
  anyPoint,
  closeKey,
  divisibleKey,
  noPoint,
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
