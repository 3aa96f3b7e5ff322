import { describe, expect, test } from 'vitest'
import { bitString, integer, nul, oid, seq } from '../../../src/der/writer.ts'
import { KEY_OIDS } from '../../../src/x509/oids.ts'
import { parseSpkiDer } from '../../../src/x509/spki.ts'

const point = (length: number) => Uint8Array.from({ length }, (_, i) => (i === 0 ? 4 : 1))
const ec = (curve: string, length: number) =>
  seq(seq(oid(KEY_OIDS.ecPublicKey), oid(curve)), bitString(point(length)))
const bare = (algorithm: string, length: number) =>
  seq(seq(oid(algorithm)), bitString(new Uint8Array(length)))
const rsa = (modulusOctets: number, exponent: bigint, ...parameters: Uint8Array[]) =>
  seq(
    seq(oid(KEY_OIDS.rsaEncryption), ...parameters),
    bitString(seq(integer(new Uint8Array(modulusOctets).fill(0xff)), integer(exponent))),
  )

describe('the kind of a key', () => {
  test.each([
    ['p256', ec(KEY_OIDS.secp256r1, 65)],
    ['p384', ec(KEY_OIDS.secp384r1, 97)],
    ['p521', ec(KEY_OIDS.secp521r1, 133)],
    ['ed25519', bare(KEY_OIDS.ed25519, 32)],
    ['ml-dsa-44', bare(KEY_OIDS['ml-dsa-44'], 1312)],
    ['ml-dsa-65', bare(KEY_OIDS['ml-dsa-65'], 1952)],
    ['ml-dsa-87', bare(KEY_OIDS['ml-dsa-87'], 2592)],
    ['rsa', rsa(256, 65537n, nul())],
  ])('%s is known by its algorithm and length', (keyType, der) => {
    expect(parseSpkiDer(der).keyType).toBe(keyType)
  })
  test.each([
    ['a point on another curve', ec('1.3.132.0.10', 65)],
    ['a point of another length', ec(KEY_OIDS.secp256r1, 64)],
    [
      'a compressed point',
      seq(seq(oid(KEY_OIDS.ecPublicKey), oid(KEY_OIDS.secp256r1)), bitString(new Uint8Array(33).fill(2))),
    ],
    ['an EC key without a curve', bare(KEY_OIDS.ecPublicKey, 65)],
    [
      'an EC key with parameters of its own',
      seq(seq(oid(KEY_OIDS.ecPublicKey), seq(integer(1))), bitString(point(65))),
    ],
    ['Ed25519 of 31 octets', bare(KEY_OIDS.ed25519, 31)],
    ['Ed25519 with a NULL', seq(seq(oid(KEY_OIDS.ed25519), nul()), bitString(new Uint8Array(32)))],
    ['RSA without its NULL (RFC 3279 §2.3.1)', rsa(256, 65537n)],
    [
      'RSA that is no RSAPublicKey',
      seq(seq(oid(KEY_OIDS.rsaEncryption), nul()), bitString(new Uint8Array(9))),
    ],
    ['DSA', bare('1.2.840.10040.4.1', 100)],
  ])('%s is none that is known', (_what, der) => {
    expect(parseSpkiDer(der).keyType).toBeNull()
  })
})

describe('an RSA key', () => {
  test.each([
    [256, 2048],
    [2048, 16384],
  ])('of %i octets has %i bits', (octets, modulusBits) => {
    expect(parseSpkiDer(rsa(octets, 3n, nul())).rsa).toMatchObject({ modulusBits, exponent: 3n })
  })
  test('may have an exponent as long as the modulus', () => {
    const exponent = 2n ** 2047n + 1n
    expect(parseSpkiDer(rsa(256, exponent, nul())).rsa?.exponent).toBe(exponent)
  })
  test('with a negative exponent is none', () => {
    expect(parseSpkiDer(rsa(256, -1n, nul()))).toMatchObject({ keyType: null, rsa: null })
  })
})
