/**
 * Private keys: made and wrapped in one function, unlocked into an object that signs and cannot be read. The bytes of a
 * key are in JavaScript in one place only: openPrivateKey, for an export the user requested.
 */
import { CodedError } from '../errors.ts'
import {
  importParameters,
  KEY_ALGORITHMS,
  type KeyAlgorithmId,
  type KeyType,
  type SignatureScheme,
} from '../webcrypto/algorithms.ts'
import { generateKeyPair } from '../webcrypto/keys.ts'
import { open, seal, unwrapPrivateKey, wrapPrivateKey, type Bytes } from '../webcrypto/seal.ts'
import { sign } from '../webcrypto/signature.ts'
import { ecdsaFromRaw } from '../x509/ecdsa-signature.ts'
import { openKey, sealKey, slotName, type Belonging, type SlotOpener, type SlotSource } from './key-slots.ts'
import type { KeyRecord } from './shapes.ts'

/** Signs in the form of X.509 (ECDSA as DER, RFC 3279 §2.2.3); exposes nothing that could be exported. */
export interface SigningKey {
  readonly spki: Uint8Array
  /** The slot that opened it. */
  readonly slot: string
  sign(scheme: SignatureScheme, data: Uint8Array): Promise<Uint8Array>
}

/** Makes a key pair and seals its private key before any other code can see it. */
export async function makeSealedKey(
  algorithm: KeyAlgorithmId,
  recordId: string,
  sources: readonly SlotSource[],
  at: number,
): Promise<KeyRecord> {
  const { privateKey, spki } = await generateKeyPair(algorithm)
  const sealed = await sealKey({ recordId, spki }, sources, at, (secretKey, context) =>
    wrapPrivateKey(secretKey, privateKey, context),
  )
  return { spki, algorithm, sealed }
}

/** Seals an imported private key, given as plain PKCS#8; the caller wipes its bytes. */
export async function sealPrivateKey(
  brought: { pkcs8: Bytes; spki: Bytes; algorithm: string },
  recordId: string,
  sources: readonly SlotSource[],
  at: number,
): Promise<KeyRecord> {
  const { pkcs8, spki, algorithm } = brought
  const sealed = await sealKey({ recordId, spki }, sources, at, (secretKey, context) =>
    seal(secretKey, pkcs8, context),
  )
  return { spki, algorithm, sealed }
}

/** Opens a sealed key for signing. Rejects with 'passphrase-wrong' or 'record-changed'. */
export async function unlockSigningKey(
  { spki, algorithm, sealed }: KeyRecord,
  recordId: string,
  opener: SlotOpener,
): Promise<SigningKey> {
  const { keyType } = keyAlgorithm(algorithm)
  const { keyOf, slot } = await openKey(
    sealed,
    { recordId, spki },
    opener,
    async (secretKey, wrapped, context, by) => {
      const unwrap = (scheme: SignatureScheme) =>
        unwrapPrivateKey(secretKey, wrapped, context, importParameters(keyType, scheme))
      // Opened once at the start, so that a key that cannot be opened is detected before it is needed.
      const first = await unwrap(usualScheme(keyType))
      return first && { keyOf: keysByScheme(keyType, first, unwrap), slot: slotName(by, opener) }
    },
  )
  return {
    spki,
    slot,
    async sign(scheme, data) {
      const signature = await sign(scheme, await keyOf(scheme), data)
      return scheme.kind === 'ecdsa' ? ecdsaFromRaw(signature) : signature
    },
  }
}

/** Returns the plain PKCS#8 of a key, for an export the user requested; the caller overwrites it afterwards. */
export function openPrivateKey(
  { spki, sealed }: KeyRecord,
  recordId: string,
  opener: SlotOpener,
): Promise<Bytes> {
  return openKey(sealed, { recordId, spki }, opener, open)
}

export function belonging(record: KeyRecord, recordId: string): Belonging {
  return { recordId, spki: record.spki }
}

/** WebCrypto binds an RSA key to its padding and hash when it is unwrapped; other keys serve every scheme. */
function keysByScheme(
  keyType: KeyType,
  first: CryptoKey,
  unwrap: (scheme: SignatureScheme) => Promise<CryptoKey | null>,
): (scheme: SignatureScheme) => Promise<CryptoKey> {
  const keys = new Map<string, Promise<CryptoKey | null>>([
    [nameOf(usualScheme(keyType)), Promise.resolve(first)],
  ])
  return async (scheme) => {
    if (keyType !== 'rsa') return first
    const name = nameOf(scheme)
    let key = keys.get(name)
    if (!key) keys.set(name, (key = unwrap(scheme)))
    const opened = await key
    if (!opened) throw new Error('a key that opened before does not open')
    return opened
  }
}

function usualScheme(keyType: KeyType): SignatureScheme {
  if (keyType === 'rsa') return { kind: 'rsa-pkcs1', hash: 'SHA-256' }
  if (keyType === 'p256' || keyType === 'p384' || keyType === 'p521')
    return { kind: 'ecdsa', hash: 'SHA-256' }
  return { kind: keyType }
}

function nameOf(scheme: SignatureScheme): string {
  return 'hash' in scheme ? `${scheme.kind} ${scheme.hash}` : scheme.kind
}

function keyAlgorithm(id: string): { keyType: KeyType } {
  // An imported key may have any length.
  if (/^rsa-\d+$/.test(id)) return { keyType: 'rsa' }
  if (!Object.hasOwn(KEY_ALGORITHMS, id)) throw new CodedError('slot-unsupported', { kind: id })
  return KEY_ALGORITHMS[id as KeyAlgorithmId]
}
