/**
 * DES and Triple DES (FIPS 46-3), for files by older tools, and for readers of nothing newer. WebCrypto has neither.
 * Tables are the standard's, numbered from bit 1 at the left.
 */
const IP = [
  58, 50, 42, 34, 26, 18, 10, 2, 60, 52, 44, 36, 28, 20, 12, 4, 62, 54, 46, 38, 30, 22, 14, 6, 64, 56, 48, 40,
  32, 24, 16, 8, 57, 49, 41, 33, 25, 17, 9, 1, 59, 51, 43, 35, 27, 19, 11, 3, 61, 53, 45, 37, 29, 21, 13, 5,
  63, 55, 47, 39, 31, 23, 15, 7,
]
const FP = inverse(IP)
const P = [
  16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22,
  11, 4, 25,
]
const PC1 = [
  57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36,
  63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4,
]
const PC2 = [
  14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2, 41, 52, 31, 37, 47,
  55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
]
const ROTATIONS = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1]
/** S1 to S8, row by row, one hexadecimal digit per entry. */
const S = [
  'e4d12fb83a6c59070f74e2d1a6cb953841e8d62bfc973a50fc8249175b3ea06d',
  'f18e6b34972dc05a3d47f28ec01a69b50e7ba4d158c6932fd8a13f42b67c05e9',
  'a09e63f51dc7b428d709346a285ecbf1d6498f30b12c5ae71ad069874fe3b52c',
  '7de3069a1285bc4fd8b56f03472c1ae9a690cb7df13e52843f06a1d8945bc72e',
  '2c417ab6853fd0e9eb2c47d150fa3986421bad78f9c5630eb8c71e2d6f09a453',
  'c1af92680d34e75baf427c9561de0b389ef528c3704a1db6432c95fabe17608d',
  '4b2ef08d3c975a61d0b7491ae35c2f8614bdc37eaf6805926bd814a7950fe23c',
  'd2846fb1a93e50c71fd8a374c56b0e927b419ce206adf35821e74a8dfc90356b',
]

const permute = (bits: readonly number[], table: readonly number[]): number[] =>
  table.map((from) => bits[from - 1]!)
const bitsOf = (octets: Uint8Array): number[] =>
  [...octets].flatMap((octet) => [7, 6, 5, 4, 3, 2, 1, 0].map((shift) => (octet >> shift) & 1))
const wordBits = (word: number): number[] => Array.from({ length: 32 }, (_, i) => (word >>> (31 - i)) & 1)
const wordOf = (bits: readonly number[], at: number): number =>
  bits.slice(at, at + 32).reduce((word, bit) => ((word << 1) | bit) >>> 0, 0)
const octetsOf = (bits: readonly number[]): Uint8Array =>
  Uint8Array.from({ length: 8 }, (_, i) =>
    bits.slice(8 * i, 8 * i + 8).reduce((octet, bit) => (octet << 1) | bit, 0),
  )

/** Each S-box combined with P, as 32-bit words indexed by the six input bits. */
const SP = S.map((digits, box) =>
  Uint32Array.from({ length: 64 }, (_, six) => {
    const row = ((six >> 4) & 2) | (six & 1)
    const value = parseInt(digits[row * 16 + ((six >> 1) & 15)]!, 16)
    return permuteWord(value << (28 - 4 * box), P)
  }),
)

/** Decrypts Triple DES in CBC mode; `key` of 24 octets (8: single DES). Returns null for invalid padding. */
export function desCbcDecrypt(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array | null {
  if (iv.length !== 8 || ciphertext.length === 0 || ciphertext.length % 8 !== 0) return null
  const [first, second, third] = [0, 8, 16].map((at) => schedule(key.subarray(at, at + 8)))
  // Decryption runs the key schedule backwards; the middle of the three encrypts.
  const passes =
    key.length === 8 ? [first!.toReversed()] : [third!.toReversed(), second!, first!.toReversed()]
  return unpad(cbcDecrypt((block) => cipher(block, passes), iv, ciphertext))
}

/** Encrypts with Triple DES in CBC mode and the padding of RFC 5652 §6.3; `key` of 24 octets. */
export function desCbcEncrypt(key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const [first, second, third] = [0, 8, 16].map((at) => schedule(key.subarray(at, at + 8)))
  const passes = [first!, second!.toReversed(), third!]
  const count = 8 - (plaintext.length % 8)
  const out = new Uint8Array(plaintext.length + count).fill(count)
  out.set(plaintext)
  let previous = iv
  for (let at = 0; at < out.length; at += 8) {
    const block = out.subarray(at, at + 8)
    for (let i = 0; i < 8; i++) block[i]! ^= previous[i]!
    block.set(cipher(block, passes))
    previous = block
  }
  return out
}

/** CBC over blocks of 8 octets, for any block cipher. */
export function cbcDecrypt(
  decryptBlock: (block: Uint8Array) => Uint8Array,
  iv: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array {
  const out = new Uint8Array(ciphertext.length)
  let previous = iv
  for (let at = 0; at < ciphertext.length; at += 8) {
    const block = ciphertext.subarray(at, at + 8)
    const plain = decryptBlock(block)
    for (let i = 0; i < 8; i++) out[at + i] = plain[i]! ^ previous[i]!
    previous = block
  }
  return out
}

/** Removes the padding of RFC 5652 §6.3 to 8 octets; null if it is invalid. */
export function unpad(plaintext: Uint8Array): Uint8Array | null {
  const count = plaintext.at(-1) ?? 0
  if (count < 1 || count > 8 || count > plaintext.length) return null
  return plaintext.subarray(-count).every((octet) => octet === count) ? plaintext.subarray(0, -count) : null
}

/** Runs one block through DES once per schedule; between two passes FP and IP cancel out. */
function cipher(block: Uint8Array, passes: readonly (readonly Uint8Array[])[]): Uint8Array {
  const bits = permute(bitsOf(block), IP)
  let left = wordOf(bits, 0)
  let right = wordOf(bits, 32)
  for (const keys of passes) {
    for (const key of keys) [left, right] = [right, (left ^ round(right, key)) >>> 0]
    ;[left, right] = [right, left]
  }
  return octetsOf(permute([...wordBits(left), ...wordBits(right)], FP))
}

/** The cipher function f; `key` holds eight groups of six bits. E takes each group with its two neighbours. */
function round(right: number, key: Uint8Array): number {
  const turned = (right >>> 1) | (right << 31)
  let out = 0
  for (let box = 0; box < 7; box++) out ^= SP[box]![((turned >>> (26 - 4 * box)) & 63) ^ key[box]!]!
  return out ^ SP[7]![((((right & 31) << 1) | (right >>> 31)) & 63) ^ key[7]!]!
}

function schedule(key: Uint8Array): Uint8Array[] {
  const bits = permute(bitsOf(key), PC1)
  let c = bits.slice(0, 28)
  let d = bits.slice(28)
  return ROTATIONS.map((count) => {
    c = [...c.slice(count), ...c.slice(0, count)]
    d = [...d.slice(count), ...d.slice(0, count)]
    const chosen = permute([...c, ...d], PC2)
    return Uint8Array.from({ length: 8 }, (_, group) =>
      chosen.slice(6 * group, 6 * group + 6).reduce((six, bit) => (six << 1) | bit, 0),
    )
  })
}

function inverse(table: readonly number[]): number[] {
  const out = Array.from<number>({ length: table.length })
  table.forEach((from, to) => (out[from - 1] = to + 1))
  return out
}

function permuteWord(word: number, table: readonly number[]): number {
  return wordOf(permute(wordBits(word), table), 0)
}
