import { utf8 } from '../octets.ts'

/**
 * Sealing and authentication of stored data: PBKDF2, AES-256-GCM, HMAC, HKDF, key wrapping. Secret keys and private
 * keys are wrapped and unwrapped by the engine, so that their bytes do not pass through JavaScript.
 */
export type Bytes = Uint8Array<ArrayBuffer>

/** Octets of the AES-GCM initialization vector that precedes each ciphertext (SP 800-38D §5.2.1.1). */
const IV_LENGTH = 12
const TAG_BITS = 128
const WRAPPING: KeyUsage[] = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey']

/** Random octets drawn ahead for short numbers and names: a request for twelve costs as much as one for a thousand. */
let drawn: Bytes = new Uint8Array(0)
const DRAWN_AT_ONCE = 1024
const SHORT = 20

export function random(length: number): Bytes {
  if (length > SHORT) return crypto.getRandomValues(new Uint8Array(length))
  if (drawn.length < length) drawn = crypto.getRandomValues(new Uint8Array(DRAWN_AT_ONCE))
  const octets = drawn.slice(0, length)
  // Used once, then erased.
  drawn.fill(0, 0, length)
  drawn = drawn.subarray(length)
  return octets
}

/**
 * Drawn when it is used, never ahead: two copies of a machine suspended with octets in reserve would seal different
 * texts under the same IV, which reveals both (SP 800-38D §8).
 */
function freshIv(): Bytes {
  return crypto.getRandomValues(new Uint8Array(IV_LENGTH))
}

export { sha256 } from './sha-256.ts'

/**
 * Returns a wrapping key from a passphrase: PBKDF2-HMAC-SHA-256 (RFC 8018 §5.2) over its NFC form (RFC 8265 §4.2), so
 * that a passphrase typed on another system is the same. Nothing is trimmed.
 */
export async function passphraseKey(passphrase: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const base = await passphraseBase(passphrase)
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }
  return crypto.subtle.deriveKey(parameters, base, { name: 'AES-GCM', length: 256 }, false, WRAPPING)
}

function passphraseBase(passphrase: string): Promise<CryptoKey> {
  const octets = utf8(passphrase.normalize('NFC'))
  return crypto.subtle.importKey('raw', octets, 'PBKDF2', false, ['deriveBits', 'deriveKey'])
}

/**
 * Returns how many PBKDF2-SHA-256 iterations take about `milliseconds` on this device, measured on `sample` of them.
 */
export async function measurePbkdf2(milliseconds: number, sample = 200_000): Promise<number> {
  const base = await passphraseBase('measure')
  let best = Infinity
  // The faster of two: the engine may be cold the first time, and a busy machine must not weaken the key.
  for (let round = 0; round < 2; round++) {
    // Firefox caches derivations: with the same salt, ten million iterations would seem to take no time.
    const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt: random(16), iterations: sample }
    const start = performance.now()
    await crypto.subtle.deriveBits(parameters, base, 256)
    best = Math.min(best, performance.now() - start)
  }
  return Math.round((sample * milliseconds) / Math.max(best, 0.001))
}

/** Returns a new AES-256 key, extractable only so that it can be wrapped. */
export function newSecretKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, WRAPPING)
}

/** AES-256-GCM: IV ‖ ciphertext ‖ tag; `context` is authenticated and not stored. */
export async function seal(key: CryptoKey, plaintext: Bytes, context: Bytes): Promise<Bytes> {
  const iv = freshIv()
  return joined(iv, await crypto.subtle.encrypt(gcm(iv, context), key, plaintext))
}

/** Returns the plaintext; null if key, context or ciphertext do not match those of `seal`. */
export async function open(key: CryptoKey, sealed: Bytes, context: Bytes): Promise<Bytes | null> {
  const { iv, ciphertext } = split(sealed)
  const opened = await authentic(crypto.subtle.decrypt(gcm(iv, context), key, ciphertext))
  return opened && new Uint8Array(opened)
}

/** Returns an AES key or other secret, wrapped by `key` as raw octets. */
export async function wrapSecret(key: CryptoKey, secret: CryptoKey, context: Bytes): Promise<Bytes> {
  const iv = freshIv()
  return joined(iv, await crypto.subtle.wrapKey('raw', secret, key, gcm(iv, context)))
}

/** Returns the AES key in `wrapped`; null if it does not open. Extractable only to be wrapped again. */
export function unwrapSecret(
  key: CryptoKey,
  wrapped: Bytes,
  context: Bytes,
  use: { extractable: boolean },
): Promise<CryptoKey | null> {
  const { iv, ciphertext } = split(wrapped)
  const algorithm = { name: 'AES-GCM', length: 256 }
  return authentic(
    crypto.subtle.unwrapKey('raw', ciphertext, key, gcm(iv, context), algorithm, use.extractable, WRAPPING),
  )
}

/** Returns the secret in `wrapped` as HKDF key material, which cannot be read; null if it does not open. */
export function unwrapMaterial(key: CryptoKey, wrapped: Bytes, context: Bytes): Promise<CryptoKey | null> {
  const { iv, ciphertext } = split(wrapped)
  return authentic(
    crypto.subtle.unwrapKey('raw', ciphertext, key, gcm(iv, context), 'HKDF', false, ['deriveKey']),
  )
}

/** Returns a private key (extractable, PKCS#8) wrapped by `key`. */
export async function wrapPrivateKey(key: CryptoKey, privateKey: CryptoKey, context: Bytes): Promise<Bytes> {
  const iv = freshIv()
  return joined(iv, await crypto.subtle.wrapKey('pkcs8', privateKey, key, gcm(iv, context)))
}

/** Returns a private key that signs and cannot be read; null if `wrapped` does not open. */
export function unwrapPrivateKey(
  key: CryptoKey,
  wrapped: Bytes,
  context: Bytes,
  algorithm: Algorithm | RsaHashedImportParams | EcKeyImportParams,
): Promise<CryptoKey | null> {
  const { iv, ciphertext } = split(wrapped)
  return authentic(
    crypto.subtle.unwrapKey('pkcs8', ciphertext, key, gcm(iv, context), algorithm, false, ['sign']),
  )
}

/** Returns octets that cannot be guessed as HKDF key material, which cannot be read. */
export const materialOf = (octets: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', octets, 'HKDF', false, ['deriveKey'])

/** Returns a key for one purpose from key material (HKDF-SHA-256, RFC 5869): `purpose` is its info. */
export function derivedKey(
  material: CryptoKey,
  purpose: string,
  kind: 'aes-gcm' | 'hmac-sha-512',
): Promise<CryptoKey> {
  const info = utf8(purpose)
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info }
  return kind === 'aes-gcm'
    ? crypto.subtle.deriveKey(parameters, material, { name: 'AES-GCM', length: 256 }, false, WRAPPING)
    : crypto.subtle.deriveKey(parameters, material, { name: 'HMAC', hash: 'SHA-512', length: 512 }, false, [
        'sign',
      ])
}

/** HMAC-SHA-512: 64 octets. */
export async function mac(key: CryptoKey, data: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, data))
}

/** Compares in time that does not depend on where two values differ. */
export function isEqual(a: unknown, b: unknown): boolean {
  // Stored values may be anything; octets equal only octets.
  if (!(a instanceof Uint8Array && b instanceof Uint8Array) || a.length !== b.length) return false
  let difference = 0
  for (let index = 0; index < a.length; index++) difference |= a[index]! ^ b[index]!
  return difference === 0
}

function gcm(iv: Bytes, additionalData: Bytes): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData, tagLength: TAG_BITS }
}

function joined(iv: Bytes, ciphertext: ArrayBuffer): Bytes {
  const sealed = new Uint8Array(IV_LENGTH + ciphertext.byteLength)
  sealed.set(iv)
  sealed.set(new Uint8Array(ciphertext), IV_LENGTH)
  return sealed
}

function split(sealed: Bytes): { iv: Bytes; ciphertext: Bytes } {
  return { iv: sealed.subarray(0, IV_LENGTH), ciphertext: sealed.subarray(IV_LENGTH) }
}

/** Engines reject unauthentic data with an OperationError, and a second implementation with its own error. */
async function authentic<T>(opening: Promise<T>): Promise<T | null> {
  try {
    return await opening
  } catch (error) {
    if (isBadCiphertext(error)) return null
    throw error
  }
}

function isBadCiphertext(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (
    error.name === 'OperationError' || error.name === 'DataError' || /auth|decrypt|state/i.test(error.message)
  )
}
