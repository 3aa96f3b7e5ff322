import { cbc } from '@noble/ciphers/aes.js'

/**
 * AES-192-CBC: WebCrypto makes this key size optional, and Chromium does not support it. Returns null for invalid
 * padding.
 */
export function aes192CbcDecrypt(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array | null {
  if (iv.length !== 16 || ciphertext.length === 0 || ciphertext.length % 16 !== 0) return null
  try {
    return cbc(key, iv).decrypt(ciphertext)
  } catch {
    return null
  }
}
