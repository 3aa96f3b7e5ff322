import { createDecipheriv, createCipheriv, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { desCbcDecrypt } from '../../../src/containers/legacy/des.ts'
import {
  bmpPassword,
  md5BytesToKey,
  pkcs12Kdf,
  PURPOSE,
} from '../../../src/containers/legacy/key-derivation.ts'
import { rc2CbcDecrypt } from '../../../src/containers/legacy/rc2.ts'
import { hex, toHex } from '../../support/bytes.ts'

test('Triple DES decrypts what Node encrypts', () => {
  for (let length = 0; length < 40; length++) {
    const [key, iv, plain] = [randomBytes(24), randomBytes(8), randomBytes(length)]
    const cipher = createCipheriv('des-ede3-cbc', key, iv)
    const encrypted = Buffer.concat([cipher.update(plain), cipher.final()])
    expect(toHex(desCbcDecrypt(key, iv, encrypted)!)).toBe(plain.toString('hex'))
  }
})

test('single DES decrypts the block of FIPS 81', () => {
  // "Now is t" under 0123456789abcdef is 3fa40e8a984d4815; the published vector has no padding.
  const key = hex('0123456789abcdef')
  const same = new Uint8Array([...key, ...key, ...key])
  const decipher = createDecipheriv('des-ede3-cbc', same, new Uint8Array(8)).setAutoPadding(false)
  expect(decipher.update(hex('3fa40e8a984d4815')).toString()).toBe('Now is t')
  const cipher = createCipheriv('des-ede3-cbc', same, new Uint8Array(8))
  const encrypted = Buffer.concat([cipher.update('Now is the time'), cipher.final()])
  expect(Buffer.from(desCbcDecrypt(key, new Uint8Array(8), encrypted)!).toString()).toBe('Now is the time')
})

test('a wrong padding is told, not returned', () => {
  expect(desCbcDecrypt(randomBytes(24), randomBytes(8), new Uint8Array(8))).toBeNull()
  expect(desCbcDecrypt(randomBytes(24), randomBytes(8), randomBytes(7))).toBeNull()
  expect(rc2CbcDecrypt(randomBytes(5), randomBytes(8), new Uint8Array(0))).toBeNull()
})

test('the PKCS#12 derivation agrees with known values (RFC 7292 §B.2)', async () => {
  // The three purposes for "smeg", as published with the first implementations.
  const password = bmpPassword('smeg')
  const salt = hex('0a58cf64530d823f')
  expect(toHex(await pkcs12Kdf('SHA-1', PURPOSE.key, password, salt, 1, 24))).toBe(
    '8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3',
  )
  expect(toHex(await pkcs12Kdf('SHA-1', PURPOSE.iv, password, hex('0a58cf64530d823f'), 1, 8))).toBe(
    '79993dfe048d3b76',
  )
})

test('a PEM key is derived with MD5 as OpenSSL does', () => {
  const key = md5BytesToKey(new TextEncoder().encode('secret'), hex('0102030405060708'), 32)
  expect(key).toHaveLength(32)
})
