/** RC4, decryption only: a few key stores of the 2000s use it. */
export function rc4(key: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const S = Uint8Array.from({ length: 256 }, (_, i) => i)
  const swap = (i: number, j: number): void => {
    const was = S[i]!
    S[i] = S[j]!
    S[j] = was
  }
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + S[i]! + key[i % key.length]!) & 255
    swap(i, j)
  }
  let j = 0
  return ciphertext.map((octet, at) => {
    const i = (at + 1) & 255
    j = (j + S[i]!) & 255
    swap(i, j)
    return octet ^ S[(S[i]! + S[j]!) & 255]!
  })
}
