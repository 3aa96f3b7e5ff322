import { createHmac, pbkdf2Sync } from 'node:crypto'
import { expect, test } from 'vitest'
import { aesCbcDecrypt, aesCbcEncrypt, hmac, pbkdf2 } from '../../../src/webcrypto/password-based.ts'
import { hex, toHex } from '../../support/bytes.ts'

const HASHES = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'] as const
const nodeName = (hash: string): string => hash.replace('-', '').toLowerCase()

test('PBKDF2 and HMAC agree with Node, an empty password too (RFC 8018 §5.2, RFC 2104)', async () => {
  for (const hash of HASHES)
    for (const text of ['', 'geheim', 'x'.repeat(200)]) {
      const password = new TextEncoder().encode(text)
      const salt = hex('0102030405060708')
      const expected = pbkdf2Sync(text, salt, 77, 40, nodeName(hash)).toString('hex')
      expect(toHex(await pbkdf2(hash, password, salt, 77, 40))).toBe(expected)
      const mac = createHmac(nodeName(hash), salt).update(text).digest('hex')
      expect(toHex(await hmac(hash, salt, password))).toBe(mac)
    }
})

test('AES-CBC gives back what it took, and null for a wrong key, length or padding', async () => {
  const [key, iv] = [new Uint8Array(32).fill(7), new Uint8Array(16).fill(9)]
  const plaintext = new TextEncoder().encode('sixteen octets!!')
  const ciphertext = await aesCbcEncrypt(key, iv, plaintext)
  expect(ciphertext).toHaveLength(32)
  expect(await aesCbcDecrypt(key, iv, ciphertext)).toEqual(plaintext)
  expect(await aesCbcDecrypt(key, iv, ciphertext.subarray(0, 31))).toBeNull()
  expect(await aesCbcDecrypt(key, iv.subarray(1), ciphertext)).toBeNull()
  expect(await aesCbcDecrypt(key, iv, ciphertext.subarray(0, 16))).toBeNull()
  expect(await aesCbcDecrypt(key, iv, new Uint8Array())).toBeNull()
})
