import type { Hash } from './algorithms.ts'

/**
 * The primitives of password-protected file formats, on raw octets. Our own storage is protected in seal.ts; these
 * serve formats defined by others.
 */
/** PBKDF2 (RFC 8018 §5.2) with HMAC; returns `length` octets. */
export async function pbkdf2(
  hash: Hash,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  // Not every engine accepts an empty key. HMAC pads its key with zeros (RFC 2104 §2), so a single zero is equivalent.
  const octets = password.length === 0 ? Uint8Array.of(0) : owned(password)
  const key = await crypto.subtle.importKey('raw', octets, 'PBKDF2', false, ['deriveBits'])
  const parameters = { name: 'PBKDF2', hash, salt: owned(salt), iterations }
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, length * 8))
}

/** AES-CBC with the padding of RFC 5652 §6.3. */
export async function aesCbcEncrypt(
  key: Uint8Array,
  iv: Uint8Array,
  plaintext: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const aes = await crypto.subtle.importKey('raw', owned(key), 'AES-CBC', false, ['encrypt'])
  return new Uint8Array(
    await crypto.subtle.encrypt({ name: 'AES-CBC', iv: owned(iv) }, aes, owned(plaintext)),
  )
}

/** Returns the plaintext, or null if the padding is wrong: a wrong key, or altered octets. */
export async function aesCbcDecrypt(
  key: Uint8Array,
  iv: Uint8Array,
  ciphertext: Uint8Array,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (iv.length !== 16 || ciphertext.length === 0 || ciphertext.length % 16 !== 0) return null
  const aes = await crypto.subtle.importKey('raw', owned(key), 'AES-CBC', false, ['decrypt'])
  try {
    return new Uint8Array(
      await crypto.subtle.decrypt({ name: 'AES-CBC', iv: owned(iv) }, aes, owned(ciphertext)),
    )
  } catch {
    return null
  }
}

/** HMAC (RFC 2104) of `data`. */
export async function hmac(hash: Hash, key: Uint8Array, data: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const imported = await crypto.subtle.importKey('raw', owned(key), { name: 'HMAC', hash }, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, owned(data)))
}

/** WebCrypto does not accept a view of shared memory; an ordinary view is passed unchanged. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : Uint8Array.from(bytes)
}
