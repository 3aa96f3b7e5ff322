import { cbc } from '@noble/ciphers/aes.js'

/** AES-192-CBC: WebCrypto leaves that size of key to the engine, and Chromium has none. Null for a wrong padding. */
export function aes192CbcDecrypt(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array | null {
  if (iv.length !== 16 || ciphertext.length === 0 || ciphertext.length % 16 !== 0) return null
  try {
    return cbc(key, iv).decrypt(ciphertext)
  } catch {
    return null
  }
}
