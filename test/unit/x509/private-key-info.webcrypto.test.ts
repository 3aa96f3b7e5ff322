import { describe, expect, test } from 'vitest'
import { KEY_ALGORITHMS } from '../../../src/webcrypto/algorithms.ts'
import type { KeyAlgorithmId } from '../../../src/webcrypto/algorithms.ts'
import { exportPrivateKey, generateKeyPair, supported } from '../../../src/webcrypto/keys.ts'
import { encodePrivateKeyInfo, parsePrivateKeyInfo } from '../../../src/x509/private-key-info.ts'

const candidates: KeyAlgorithmId[] = [
  'rsa-2048',
  'p256',
  'p384',
  'p521',
  'ed25519',
  'ml-dsa-44',
  'ml-dsa-65',
  'ml-dsa-87',
]
const answers = await Promise.all(candidates.map(supported))

describe('PKCS#8 (RFC 5958)', () => {
  test.each(candidates.filter((_id, index) => answers[index]))(
    '%s keys are read and written as the engine writes them',
    async (id) => {
      const pkcs8 = await exportPrivateKey((await generateKeyPair(id)).privateKey)
      const parsed = parsePrivateKeyInfo(pkcs8)
      expect(parsed.keyType).toBe(KEY_ALGORITHMS[id].keyType)
      expect(
        parsePrivateKeyInfo(encodePrivateKeyInfo(parsed.algorithm.der, parsed.privateKey)),
      ).toMatchObject({
        keyType: parsed.keyType,
        privateKey: parsed.privateKey,
      })
    },
  )
  test('an ML-DSA key is its seed of 32 octets (RFC 9881 §6)', async () => {
    if (!answers[candidates.indexOf('ml-dsa-65')]) return
    const pkcs8 = await exportPrivateKey((await generateKeyPair('ml-dsa-65')).privateKey)
    const { privateKey } = parsePrivateKeyInfo(pkcs8)
    expect([privateKey[0], privateKey[1], privateKey.length]).toEqual([0x80, 32, 34])
  })
})
