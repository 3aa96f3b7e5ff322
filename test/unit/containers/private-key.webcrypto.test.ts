import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { expect, test } from 'vitest'
import { openDekInfo } from '../../../src/containers/dek-info.ts'
import { isPrivateJwk, readPrivateJwk, readPrivateKey } from '../../../src/containers/private-key.ts'
import { octetString, oid, seq, integer } from '../../../src/der/writer.ts'
import { supported } from '../../../src/webcrypto/keys.ts'
import { toHex } from '../../support/bytes.ts'

const der = (key: KeyObject, type: string): Uint8Array =>
  new Uint8Array(key.export({ format: 'der', type: type as 'pkcs8' }) as Buffer)
const pairs = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  p256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  p384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  p521: generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  ed25519: generateKeyPairSync('ed25519'),
}

test.for(Object.entries(pairs))('the public half of a PKCS#8 key is worked out: %s', async ([name, pair]) => {
  const key = await readPrivateKey(der(pair.privateKey, 'pkcs8'))
  expect(key.keyType).toBe(name)
  expect(toHex(key.spki)).toBe(toHex(der(pair.publicKey, 'spki')))
  expect(
    createPublicKey(createPrivateKey({ key: Buffer.from(key.pkcs8), format: 'der', type: 'pkcs8' })).equals(
      pair.publicKey,
    ),
  ).toBe(true)
})

test('the traditional forms of RSA and EC keys become PKCS#8 (RFC 8017 §A.1.2, RFC 5915)', async () => {
  const rsa = await readPrivateKey(der(pairs.rsa.privateKey, 'pkcs1'))
  expect(toHex(rsa.pkcs8)).toBe(toHex(der(pairs.rsa.privateKey, 'pkcs8')))
  for (const name of ['p256', 'p384', 'p521'] as const) {
    const key = await readPrivateKey(der(pairs[name].privateKey, 'sec1'))
    expect(toHex(key.pkcs8)).toBe(toHex(der(pairs[name].privateKey, 'pkcs8')))
  }
})

test('a JWK becomes PKCS#8 (RFC 7517)', async () => {
  for (const [name, pair] of Object.entries(pairs)) {
    const jwk: unknown = { ...pair.privateKey.export({ format: 'jwk' }), use: 'sig', kid: '1' }
    expect(isPrivateJwk(jwk)).toBe(true)
    const key = await readPrivateJwk(jwk as JsonWebKey)
    expect([name, toHex(key.spki)]).toEqual([name, toHex(der(pair.publicKey, 'spki'))])
  }
  expect(isPrivateJwk(pairs.rsa.publicKey.export({ format: 'jwk' }))).toBe(false)
  await expect(readPrivateJwk({ kty: 'EC', crv: 'P-256', d: 'AA', x: 'AA', y: 'AA' })).rejects.toMatchObject({
    code: 'container-structure',
  })
})

test('a PEM key with DEK-Info opens with its password alone', async () => {
  for (const cipher of ['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'des-ede3-cbc']) {
    const pem = pairs.rsa.privateKey.export({
      type: 'pkcs1',
      format: 'pem',
      cipher,
      passphrase: 'geheim',
    })
    const [, dekInfo = '', body = ''] = /DEK-Info: (.*)\n\n([^-]*)-/.exec(pem) ?? []
    const octets = Uint8Array.from(Buffer.from(body, 'base64'))
    expect(toHex(await openDekInfo(dekInfo, octets, 'geheim'))).toBe(
      toHex(der(pairs.rsa.privateKey, 'pkcs1')),
    )
    await expect(openDekInfo(dekInfo, octets, 'Geheim')).rejects.toMatchObject({
      code: 'container-password-wrong',
    })
  }
})

test('ML-DSA comes as seed or both; the expanded key alone is refused with a reason (RFC 9881 §6)', async () => {
  const algorithm = seq(oid('2.16.840.1.101.3.4.3.18'))
  const info = (key: Uint8Array) => seq(integer(0), algorithm, octetString(key))
  const expanded = octetString(new Uint8Array(4032))
  await expect(readPrivateKey(info(expanded))).rejects.toMatchObject({ code: 'key-expanded-only' })
  if (!(await supported('ml-dsa-65'))) return
  const pair = generateKeyPairSync('ml-dsa-65' as 'ed25519')
  const seed = await readPrivateKey(der(pair.privateKey, 'pkcs8'))
  expect(toHex(seed.spki)).toBe(toHex(der(pair.publicKey, 'spki')))
  const both = await readPrivateKey(info(seq(octetString(seed.pkcs8.subarray(-32)), expanded)))
  expect(toHex(both.spki)).toBe(toHex(seed.spki))
})

test('keys of algorithms that cannot be used here are named', async () => {
  const x25519 = der(generateKeyPairSync('x25519').privateKey, 'pkcs8')
  await expect(readPrivateKey(x25519)).rejects.toMatchObject({
    code: 'key-algorithm-unknown',
    detail: { algorithm: 'X25519' },
  })
  const k1 = der(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey, 'pkcs8')
  await expect(readPrivateKey(k1)).rejects.toMatchObject({ code: 'key-algorithm-unknown' })
  for (const [id, algorithm] of [
    ['1.2.840.10040.4.1', 'DSA'],
    ['1.3.101.113', 'Ed448'],
    ['1.2.643.7.1.1.1.1', 'GOST R 34.10-2012 (256 bits)'],
    ['2.16.840.1.101.3.4.3.31', 'SLH-DSA-SHAKE-256f'],
    ['2.16.840.1.101.3.4.4.2', 'ML-KEM-768'],
  ] as const) {
    const key = seq(integer(0), seq(oid(id)), octetString(new Uint8Array(32)))
    await expect(readPrivateKey(key)).rejects.toMatchObject({ detail: { algorithm } })
  }
})
