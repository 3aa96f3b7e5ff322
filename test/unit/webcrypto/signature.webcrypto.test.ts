import { describe, expect, test } from 'vitest'
import { KEY_ALGORITHMS, SIGNATURES_OF, schemeFits, schemeOf } from '../../../src/webcrypto/algorithms.ts'
import type { KeyAlgorithmId } from '../../../src/webcrypto/algorithms.ts'
import {
  exportPrivateKey,
  generateKeyPair,
  importPrivateKey,
  importPublicKey,
  supported,
} from '../../../src/webcrypto/keys.ts'
import { sign, verify } from '../../../src/webcrypto/signature.ts'

const data = new TextEncoder().encode('to be signed')
// The larger RSA keys take seconds each to generate and otherwise behave the same. ML-DSA is not in every engine.
const candidates = (Object.keys(KEY_ALGORITHMS) as KeyAlgorithmId[]).filter((id) => !/^rsa-[34]/.test(id))
const answers = await Promise.all(candidates.map(supported))
const ids = candidates.filter((_id, index) => answers[index])

test('every engine has the classical algorithms', () => {
  expect(ids).toEqual(expect.arrayContaining(['rsa-2048', 'p256', 'p384', 'p521', 'ed25519']))
})

describe.each(ids)('%s', (id) => {
  const { keyType } = KEY_ALGORITHMS[id]

  test('what is signed with each of its algorithms verifies, and not over other data', async () => {
    const pair = await generateKeyPair(id)
    const pkcs8 = await exportPrivateKey(pair.privateKey)
    for (const scheme of SIGNATURES_OF[keyType].map(schemeOf)) {
      expect(schemeFits(keyType, scheme)).toBe(true)
      const key = await importPrivateKey(keyType, scheme, pkcs8, { extractable: false })
      const signature = await sign(scheme, key, data)
      const publicKey = await importPublicKey(keyType, scheme, pair.spki)
      expect(await verify(scheme, publicKey, signature, data)).toBe(true)
      expect(await verify(scheme, publicKey, signature, data.slice(1))).toBe(false)
      signature[signature.length - 1]! ^= 1
      expect(await verify(scheme, publicKey, signature, data)).toBe(false)
      await expect(exportPrivateKey(key)).rejects.toThrow()
    }
  })
})
