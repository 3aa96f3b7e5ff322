import { describe, expect, test } from 'vitest'
import { addSlot, removeSlot } from '../../../src/vault/key-slots.ts'
import type { KeyRecord } from '../../../src/vault/shapes.ts'
import {
  belonging,
  makeSealedKey,
  openPrivateKey,
  sealPrivateKey,
  unlockSigningKey,
} from '../../../src/vault/signing-keys.ts'
import {
  EC_OCTETS,
  KEY_ALGORITHMS,
  schemeOf,
  type KeyAlgorithmId,
  type SignatureAlgorithmId,
  type SignatureScheme,
} from '../../../src/webcrypto/algorithms.ts'
import { importPublicKey, supported } from '../../../src/webcrypto/keys.ts'
import { verify } from '../../../src/webcrypto/signature.ts'
import { ecdsaToRaw } from '../../../src/x509/ecdsa-signature.ts'
import { createVault } from '../../support/vault.ts'
import { ROUNDS } from '../../support/rounds.ts'

const data = new TextEncoder().encode('to be signed')
const AT = Date.UTC(2026, 10, 21)
const OWN = {
  kind: 'passphrase',
  passphrase: 'a passphrase of its own',
  label: 'own',
  iterations: ROUNDS,
} as const

async function vaultSlot() {
  const { vault } = await createVault()
  const { keys } = await vault.requireOpen()
  return { kind: 'vault', wrappingKey: keys.wrapping } as const
}

async function isValid({ spki, algorithm }: KeyRecord, scheme: SignatureScheme, signature: Uint8Array) {
  const { keyType } = KEY_ALGORITHMS[algorithm as KeyAlgorithmId]
  const raw = scheme.kind === 'ecdsa' ? ecdsaToRaw(signature, EC_OCTETS[keyType]!)! : signature
  return verify(scheme, await importPublicKey(keyType, scheme, spki), raw, data)
}

const CASES: [KeyAlgorithmId, SignatureAlgorithmId[]][] = [
  ['p256', ['ecdsa-sha256', 'ecdsa-sha384']],
  ['p384', ['ecdsa-sha384']],
  ['p521', ['ecdsa-sha512']],
  ['rsa-2048', ['rsa-sha256', 'rsa-sha512', 'rsa-pss-sha256']],
  ['ed25519', ['ed25519']],
  ['ml-dsa-44', ['ml-dsa-44']],
  ['ml-dsa-65', ['ml-dsa-65']],
  ['ml-dsa-87', ['ml-dsa-87']],
]

describe('a sealed key', () => {
  test.each(CASES)(
    'of %s signs what its public key verifies, once unlocked',
    async (algorithm, signatures) => {
      if (!(await supported(algorithm))) return
      const slot = await vaultSlot()
      const record = await makeSealedKey(algorithm, 'k1', [slot], AT)
      const key = await unlockSigningKey(record, 'k1', slot)
      for (const id of signatures) {
        const scheme = schemeOf(id)
        const signature = await key.sign(scheme, data)
        expect(await isValid(record, scheme, signature)).toBe(true)
      }
    },
  )

  test('does not open as another record, nor with the public key of another', async () => {
    const slot = await vaultSlot()
    const [one, two] = [
      await makeSealedKey('p256', 'one', [slot], AT),
      await makeSealedKey('p256', 'two', [slot], AT),
    ]
    await expect(unlockSigningKey(one, 'two', slot)).rejects.toMatchObject({ code: 'record-changed' })
    const swapped = { ...one, spki: two.spki }
    await expect(unlockSigningKey(swapped, 'one', slot)).rejects.toMatchObject({ code: 'record-changed' })
    const mixed = { ...one, sealed: { ...one.sealed, ciphertext: two.sealed.ciphertext } }
    await expect(unlockSigningKey(mixed, 'one', slot)).rejects.toMatchObject({ code: 'record-changed' })
  })

  test('with a passphrase of its own is not opened by the vault, until it gets that slot', async () => {
    const slot = await vaultSlot()
    const own = await makeSealedKey('p256', 'k1', [OWN], AT)
    await expect(unlockSigningKey(own, 'k1', slot)).rejects.toMatchObject({ code: 'record-changed' })
    await expect(
      unlockSigningKey(own, 'k1', { kind: 'passphrase', passphrase: 'not its passphrase' }),
    ).rejects.toMatchObject({ code: 'passphrase-wrong', detail: { slots: 1 } })
    const both = { ...own, sealed: await addSlot(own.sealed, belonging(own, 'k1'), OWN, slot, AT) }
    expect((await unlockSigningKey(both, 'k1', slot)).spki).toEqual(own.spki)
    const moved = { ...both, sealed: removeSlot(both.sealed, own.sealed.slots[0]!.id) }
    await expect(unlockSigningKey(moved, 'k1', OWN)).rejects.toMatchObject({ code: 'passphrase-wrong' })
    expect((await unlockSigningKey(moved, 'k1', slot)).spki).toEqual(own.spki)
  })

  test('comes out as PKCS#8 for an export, and one that was brought signs', async () => {
    const slot = await vaultSlot()
    const record = await makeSealedKey('p256', 'k1', [slot], AT)
    const pkcs8 = await openPrivateKey(record, 'k1', slot)
    const brought = await sealPrivateKey({ pkcs8, spki: record.spki, algorithm: 'p256' }, 'k2', [slot], AT)
    const signature = await (await unlockSigningKey(brought, 'k2', slot)).sign(schemeOf('ecdsa-sha256'), data)
    expect(await isValid(record, schemeOf('ecdsa-sha256'), signature)).toBe(true)
  })
})
