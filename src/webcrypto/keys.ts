import { KEY_ALGORITHMS, importParameters } from './algorithms.ts'
import type { KeyAlgorithmId, KeyType, SignatureScheme } from './algorithms.ts'

export interface GeneratedKeyPair {
  readonly publicKey: CryptoKey
  /** Extractable, for a caller that wraps it at once and then drops it. */
  readonly privateKey: CryptoKey
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array<ArrayBuffer>
}

/** Returns a new key pair. Rejects if the engine lacks the algorithm: check supported() first. */
export async function generateKeyPair(id: KeyAlgorithmId): Promise<GeneratedKeyPair> {
  const pair = (await crypto.subtle.generateKey(KEY_ALGORITHMS[id].generation, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))
  return { publicKey: pair.publicKey, privateKey: pair.privateKey, spki }
}

/** Returns the plain PKCS#8 of an extractable private key; ML-DSA as its seed (RFC 9881 §6). */
export async function exportPrivateKey(key: CryptoKey): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.exportKey('pkcs8', key))
}

/**
 * Returns a public key for checking signatures of this scheme. Rejects if the octets are not such a key or the engine
 * lacks it.
 */
export function importPublicKey(
  keyType: KeyType,
  scheme: SignatureScheme,
  spki: Uint8Array,
): Promise<CryptoKey> {
  return crypto.subtle.importKey(
    'spki',
    spki as Uint8Array<ArrayBuffer>,
    importParameters(keyType, scheme),
    true,
    ['verify'],
  )
}

/** Returns a private key for making signatures of this scheme; `extractable` only for a requested export. */
export function importPrivateKey(
  keyType: KeyType,
  scheme: SignatureScheme,
  pkcs8: Uint8Array,
  { extractable }: { extractable: boolean },
): Promise<CryptoKey> {
  return crypto.subtle.importKey(
    'pkcs8',
    pkcs8 as Uint8Array<ArrayBuffer>,
    importParameters(keyType, scheme),
    extractable,
    ['sign'],
  )
}

const asked = new Map<KeyAlgorithmId, Promise<boolean>>()

/** Whether this engine has the algorithm; determined once, by trial: not every engine has SubtleCrypto.supports. */
export function supported(id: KeyAlgorithmId): Promise<boolean> {
  let answer = asked.get(id)
  if (!answer) asked.set(id, (answer = trial(id)))
  return answer
}

async function trial(id: KeyAlgorithmId): Promise<boolean> {
  const { keyType, generation } = KEY_ALGORITHMS[id]
  // A trial of RSA would take seconds, and every engine has it.
  if (keyType === 'rsa') return true
  return crypto.subtle.generateKey(generation, false, ['sign', 'verify']).then(
    () => true,
    () => false,
  )
}
