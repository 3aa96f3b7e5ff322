import { cbcDecrypt, unpad } from './des.ts'

/** RC2 (RFC 2268), decryption only: `openssl pkcs12 -legacy` and older Windows encrypt certificates with it. */
const PITABLE = Uint8Array.from(
  (
    'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32' +
    'bd8f40eb86b77b0bf09521225c6b4e8254d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626' +
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed708e8eade8052eef784aa72ac354d6a2a' +
    '961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2e' +
    'c5f3db47e5a59c770aa62068fe7fc1ad'
  ).match(/../g)!,
  (pair) => parseInt(pair, 16),
)

/** Decrypts RC2 in CBC mode; `key` has all its effective bits. Returns null for invalid padding. */
export function rc2CbcDecrypt(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array | null {
  if (iv.length !== 8 || ciphertext.length === 0 || ciphertext.length % 8 !== 0) return null
  const expanded = expand(key)
  return unpad(cbcDecrypt((block) => decryptBlock(block, expanded), iv, ciphertext))
}

/** §2: 128 octets of expanded key, as 64 little-endian words. */
function expand(key: Uint8Array): Uint16Array {
  const t = key.length
  const L = new Uint8Array(128)
  L.set(key)
  for (let i = t; i < 128; i++) L[i] = PITABLE[(L[i - 1]! + L[i - t]!) & 255]!
  L[128 - t] = PITABLE[L[128 - t]!]!
  for (let i = 127 - t; i >= 0; i--) L[i] = PITABLE[L[i + 1]! ^ L[i + t]!]!
  return Uint16Array.from({ length: 64 }, (_, i) => L[2 * i]! | (L[2 * i + 1]! << 8))
}

const SHIFTS = [1, 2, 3, 5]

/** §4: five reverse mixing rounds, a reverse mashing round, six, a mashing round, five. */
function decryptBlock(block: Uint8Array, K: Uint16Array): Uint8Array {
  const R = Uint16Array.from({ length: 4 }, (_, i) => block[2 * i]! | (block[2 * i + 1]! << 8))
  let j = 63
  const unmix = (rounds: number): void => {
    for (let left = 4 * rounds; left > 0; left--, j--) {
      const i = j & 3
      const word = R[i]!
      const turned = (word >>> SHIFTS[i]!) | (word << (16 - SHIFTS[i]!))
      const before = R[(i + 3) & 3]!
      R[i] = turned - K[j]! - (before & R[(i + 2) & 3]!) - (~before & R[(i + 1) & 3]!)
    }
  }
  const unmash = (): void => {
    for (let i = 3; i >= 0; i--) R[i] = R[i]! - K[R[(i + 3) & 3]! & 63]!
  }
  unmix(5)
  unmash()
  unmix(6)
  unmash()
  unmix(5)
  return Uint8Array.from({ length: 8 }, (_, i) => R[i >> 1]! >> (8 * (i & 1)))
}
