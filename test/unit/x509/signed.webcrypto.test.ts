import { describe, expect, test, vi } from 'vitest'
import { bitString, explicit, integer, nul, oid, seq } from '../../../src/der/writer.ts'
import {
  KEY_ALGORITHMS,
  SIGNATURE_ALGORITHMS,
  schemeFits,
  schemeOf,
} from '../../../src/webcrypto/algorithms.ts'
import type { KeyAlgorithmId, SignatureAlgorithmId } from '../../../src/webcrypto/algorithms.ts'
import {
  exportPrivateKey,
  generateKeyPair,
  importPrivateKey,
  supported,
} from '../../../src/webcrypto/keys.ts'
import { parseAlgorithmIdentifier } from '../../../src/x509/algorithm-identifier.ts'
import type { Signed } from '../../../src/x509/certificate.ts'
import { parseWhole } from '../../../src/der/reader.ts'
import { encodeSignatureAlgorithm } from '../../../src/x509/signature-algorithms.ts'
import { KeyCache, sign, verifySigned } from '../../../src/x509/signed.ts'
import { parseSpkiDer } from '../../../src/x509/spki.ts'
import type { Spki } from '../../../src/x509/spki.ts'

const data = new TextEncoder().encode('what is signed')
const algorithmFrom = (der: Uint8Array) => parseWhole(der, parseAlgorithmIdentifier)

/** `data` with a signature of this algorithm. */
async function signedBy(pair: Pair, algorithm: SignatureAlgorithmId): Promise<Signed> {
  const scheme = schemeOf(algorithm)
  const key = await importPrivateKey(KEY_ALGORITHMS[pair.id].keyType, scheme, pair.pkcs8, {
    extractable: false,
  })
  const signatureAlgorithm = algorithmFrom(encodeSignatureAlgorithm(algorithm))
  return { der: data, tbs: data, signatureAlgorithm, signatureValue: await sign(scheme, key, data) }
}

interface Pair {
  readonly id: KeyAlgorithmId
  readonly spki: Uint8Array
  readonly pkcs8: Uint8Array
}

async function pairOf(id: KeyAlgorithmId): Promise<Pair> {
  const { privateKey, spki } = await generateKeyPair(id)
  return { id, spki, pkcs8: await exportPrivateKey(privateKey) }
}

describe('a signature is checked', () => {
  test.each<KeyAlgorithmId>([
    'rsa-2048',
    'p256',
    'p384',
    'p521',
    'ed25519',
    'ml-dsa-44',
    'ml-dsa-65',
    'ml-dsa-87',
  ])('with a %s key, in every algorithm it can make', async (id) => {
    if (!(await supported(id))) return
    const pair = await pairOf(id)
    const spki = parseSpkiDer(pair.spki)
    for (const algorithm of Object.keys(SIGNATURE_ALGORITHMS) as SignatureAlgorithmId[]) {
      if (!schemeFits(spki.keyType!, schemeOf(algorithm))) continue
      const signed = await signedBy(pair, algorithm)
      expect(await verifySigned(signed, spki)).toBe('valid')
      expect(await verifySigned({ ...signed, tbs: data.subarray(1) }, spki)).toBe('invalid')
      expect(await verifySigned({ ...signed, signatureValue: signed.signatureValue.subarray(1) }, spki)).toBe(
        'invalid',
      )
      expect(await verifySigned({ ...signed, signatureValue: new Uint8Array(0) }, spki)).toBe('invalid')
    }
  })
  test('and is wrong under a key of another kind', async () => {
    const signed = await signedBy(await pairOf('p256'), 'ecdsa-sha256')
    expect(await verifySigned(signed, parseSpkiDer((await pairOf('rsa-2048')).spki))).toBe('invalid')
    expect(await verifySigned(signed, parseSpkiDer((await pairOf('p384')).spki))).toBe('invalid')
  })
  test('with SHA-1 too: whether that is allowed is not asked here', async () => {
    const pair = await pairOf('p256')
    const scheme = { kind: 'ecdsa', hash: 'SHA-1' } as const
    const key = await importPrivateKey('p256', scheme, pair.pkcs8, { extractable: false })
    const signatureAlgorithm = algorithmFrom(seq(oid('1.2.840.10045.4.1')))
    const signed = { der: data, tbs: data, signatureAlgorithm, signatureValue: await sign(scheme, key, data) }
    expect(await verifySigned(signed, parseSpkiDer(pair.spki))).toBe('valid')
  })
  test('with each key imported once where there is a cache', async () => {
    const pair = await pairOf('p256')
    const signed = await signedBy(pair, 'ecdsa-sha256')
    const spki = parseSpkiDer(pair.spki)
    const imported = vi.spyOn(crypto.subtle, 'importKey')
    const keys = new KeyCache()
    for (let i = 0; i < 3; i++) expect(await verifySigned(signed, spki, keys)).toBe('valid')
    expect(imported).toHaveBeenCalledTimes(1)
    imported.mockRestore()
  })
})

describe('a key for RSASSA-PSS alone (RFC 4055 §3.1)', () => {
  const PSS = '1.2.840.113549.1.1.10'
  const hash = seq(oid('2.16.840.1.101.3.4.2.1'), nul())
  const limits = (saltLength: number) =>
    seq(
      explicit(0, hash),
      explicit(1, seq(oid('1.2.840.113549.1.1.8'), hash)),
      explicit(2, integer(saltLength)),
    )
  const pssKey = (spki: Uint8Array, ...parameters: Uint8Array[]) =>
    parseSpkiDer(seq(seq(oid(PSS), ...parameters), bitString(parseSpkiDer(spki).publicKey)))

  test('checks PSS signatures, and no others', async () => {
    const pair = await pairOf('rsa-2048')
    const key = pssKey(pair.spki)
    expect(await verifySigned(await signedBy(pair, 'rsa-pss-sha256'), key)).toBe('valid')
    expect(await verifySigned(await signedBy(pair, 'rsa-pss-sha512'), key)).toBe('valid')
    expect(await verifySigned(await signedBy(pair, 'rsa-sha256'), key)).toBe('invalid')
  })
  test('holds to the hash and the least salt it names (§3.3)', async () => {
    const pair = await pairOf('rsa-2048')
    const signed = await signedBy(pair, 'rsa-pss-sha256')
    expect(await verifySigned(signed, pssKey(pair.spki, limits(32)))).toBe('valid')
    expect(await verifySigned(signed, pssKey(pair.spki, limits(20)))).toBe('valid')
    expect(await verifySigned(signed, pssKey(pair.spki, limits(33)))).toBe('invalid')
    expect(await verifySigned(await signedBy(pair, 'rsa-pss-sha384'), pssKey(pair.spki, limits(32)))).toBe(
      'invalid',
    )
  })
})

describe('what cannot be checked says so', () => {
  const under = (algorithm: Uint8Array): Signed => ({
    der: data,
    tbs: data,
    signatureAlgorithm: algorithmFrom(algorithm),
    signatureValue: data,
  })
  const rsaKey = (modulusOctets: number, exponent: bigint) =>
    parseSpkiDer(
      seq(
        seq(oid('1.2.840.113549.1.1.1'), nul()),
        bitString(seq(integer(new Uint8Array(modulusOctets).fill(0xff)), integer(exponent))),
      ),
    )
  const rsaSha256 = under(encodeSignatureAlgorithm('rsa-sha256'))

  test.each([
    ['RSA with MD5', seq(oid('1.2.840.113549.1.1.4'), nul())],
    ['DSA with SHA-256', seq(oid('2.16.840.1.101.3.4.3.2'))],
    ['Ed448', seq(oid('1.3.101.113'))],
    ['SLH-DSA', seq(oid('2.16.840.1.101.3.4.3.20'))],
    ['1.2.3.4', seq(oid('1.2.3.4'))],
  ])('%s', async (unchecked, algorithm) => {
    expect(await verifySigned(under(algorithm), rsaKey(256, 65537n))).toEqual({ unchecked })
  })
  test('a key on a curve that WebCrypto lacks', async () => {
    const on = (point: Uint8Array): Spki =>
      parseSpkiDer(seq(seq(oid('1.2.840.10045.2.1'), oid('1.3.132.0.10')), bitString(point)))
    const signed = under(encodeSignatureAlgorithm('ecdsa-sha256'))
    // The base point of SEC 2 §2.4.1.
    const base =
      '0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8'
    expect(await verifySigned(signed, on(Uint8Array.from(Buffer.from(base, 'hex'))))).toEqual({
      unchecked: 'key on secp256k1',
    })
    expect(await verifySigned(signed, on(new Uint8Array(65)))).toBe('invalid')
  })
  test('RSA of 16,384 bits, before the engine sees it', async () => {
    const imported = vi.spyOn(crypto.subtle, 'importKey')
    const key = rsaKey(2048, 2n ** 16000n + 1n)
    expect(await verifySigned(rsaSha256, key)).toEqual({ unchecked: 'RSA of 16384 bits' })
    expect(imported).not.toHaveBeenCalled()
    imported.mockRestore()
  })
  test.each([1n, 2n, 65536n])('RSA with exponent %i checks nothing', async (exponent) => {
    expect(await verifySigned(rsaSha256, rsaKey(256, exponent))).toBe('invalid')
  })
  test('a key whose numbers the engine refuses checks nothing', async () => {
    const point = bitString(new Uint8Array(65).fill(4))
    const key = parseSpkiDer(seq(seq(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7')), point))
    const { signatureValue } = await signedBy(await pairOf('p256'), 'ecdsa-sha256')
    const signed = { ...under(encodeSignatureAlgorithm('ecdsa-sha256')), signatureValue }
    expect(await verifySigned(signed, key)).toBe('invalid')
  })
})

test('an Ed25519 signature whose S is not below the order is refused, whatever the engine says (RFC 8032 §5.1.7)', async () => {
  if (!(await supported('ed25519'))) return
  const pair = await pairOf('ed25519')
  const signed = await signedBy(pair, 'ed25519')
  const verify = vi.spyOn(crypto.subtle, 'verify').mockResolvedValue(true)
  try {
    expect(await verifySigned(signed, parseSpkiDer(pair.spki))).toBe('valid')
    const signatureValue = plusOrder(signed.signatureValue)
    expect(await verifySigned({ ...signed, signatureValue }, parseSpkiDer(pair.spki))).toBe('invalid')
  } finally {
    verify.mockRestore()
  }
})

test('an RSA signature of another length, or not below the modulus, is refused, whatever the engine says (RFC 8017 §8.1.2)', async () => {
  const pair = await pairOf('rsa-2048')
  const spki = parseSpkiDer(pair.spki)
  const signed = await signedBy(pair, 'rsa-sha256')
  const verify = vi.spyOn(crypto.subtle, 'verify').mockResolvedValue(true)
  const verdictOf = (signatureValue: Uint8Array) => verifySigned({ ...signed, signatureValue }, spki)
  try {
    expect(await verdictOf(signed.signatureValue)).toBe('valid')
    expect(await verdictOf(Uint8Array.of(0, ...signed.signatureValue))).toBe('invalid')
    expect(await verdictOf(signed.signatureValue.subarray(1))).toBe('invalid')
    expect(await verdictOf(spki.rsa!.modulus)).toBe('invalid')
    expect(await verdictOf(new Uint8Array(256).fill(0xff))).toBe('invalid')
  } finally {
    verify.mockRestore()
  }
})

/** R and S + L: the same scalar in another encoding. */
function plusOrder(signature: Uint8Array): Uint8Array {
  const order = (1n << 252n) + 27742317777372353535851937790883648493n
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + order
  const octets = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse()
  return Uint8Array.from([...signature.subarray(0, 32), ...octets])
}
