import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js'
import { concat } from '../../octets.ts'

/**
 * Derivations that call a hash function thousands of times in sequence. WebCrypto's digest costs a promise per call,
 * and supports neither MD5 nor SHA-224; a synchronous library is about fifty times faster here.
 */
const HASHES = {
  MD5: { digest: md5, block: 64 },
  'SHA-1': { digest: sha1, block: 64 },
  'SHA-224': { digest: sha224, block: 64 },
  'SHA-256': { digest: sha256, block: 64 },
  'SHA-384': { digest: sha384, block: 128 },
  'SHA-512': { digest: sha512, block: 128 },
  'SHA-512/224': { digest: sha512_224, block: 128 },
  'SHA-512/256': { digest: sha512_256, block: 128 },
}
export type KdfHash = keyof typeof HASHES

/** The hash function. */
export const hashFunction = (hash: KdfHash): (typeof HASHES)[KdfHash]['digest'] => HASHES[hash].digest

/** RFC 7292 §B.3: the purpose of the octets. */
export const PURPOSE = { key: 1, iv: 2, mac: 3 } as const
export type Purpose = (typeof PURPOSE)[keyof typeof PURPOSE]

/** Yield to the event loop after this many iterations. */
const BREATH = 50_000

/** Yields; throws if cancelled. */
export type Breathe = () => Promise<void>

const letOthersWork: Breathe = () => new Promise((resolve) => setTimeout(resolve))

/** Yields, and throws if the caller has cancelled meanwhile. */
export const breathingUntil =
  (signal: AbortSignal | undefined): Breathe =>
  async () => {
    await letOthersWork()
    signal?.throwIfAborted()
  }

/** RFC 7292 §B.2; `password` as bmpPassword() gives it, `length` in octets. */
export async function pkcs12Kdf(
  hash: KdfHash,
  purpose: Purpose,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
  breathe: Breathe = letOthersWork,
): Promise<Uint8Array<ArrayBuffer>> {
  const { digest, block } = HASHES[hash]
  const D = new Uint8Array(block).fill(purpose)
  const I = concat([stretch(salt, block), stretch(password, block)])
  const blocks: Uint8Array[] = []
  for (let have = 0; have < length; have += digest.outputLen) {
    const A = await repeat(digest, concat([D, I]), iterations, breathe)
    blocks.push(A)
    addToEach(I, stretch(A, block).subarray(0, block), block)
  }
  return concat(blocks).slice(0, length)
}

/** Hashes `data` repeatedly. Reuses one hash state, which takes half the time of creating a new one each time. */
async function repeat(
  digest: ReturnType<typeof hashFunction>,
  data: Uint8Array,
  times: number,
  breathe: Breathe,
): Promise<Uint8Array> {
  const beginning = digest.create()
  const state = digest.create()
  const out = Uint8Array.from(digest(data))
  for (let i = 1; i < times; i++) {
    beginning._cloneInto(state)
    state.update(out).digestInto(out)
    if (i % BREATH === 0) await breathe()
  }
  return out
}

/** Repeats `bytes` to the next multiple of `block`. */
function stretch(bytes: Uint8Array, block: number): Uint8Array {
  const length = block * Math.ceil(bytes.length / block)
  return Uint8Array.from({ length }, (_, i) => bytes[i % bytes.length]!)
}

/** §B.2 step 6C: each block of I becomes I + B + 1, as big-endian numbers. */
function addToEach(I: Uint8Array, B: Uint8Array, block: number): void {
  for (let start = 0; start < I.length; start += block) {
    let carry = 1
    for (let i = block - 1; i >= 0; i--) {
      carry += I[start + i]! + B[i]!
      I[start + i] = carry
      carry >>= 8
    }
  }
}

/** A password as big-endian UTF-16 with a final zero (RFC 7292 §B.1). */
export function bmpPassword(password: string): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(2 * password.length + 2)
  for (let i = 0; i < password.length; i++) {
    out[2 * i] = password.charCodeAt(i) >> 8
    out[2 * i + 1] = password.charCodeAt(i)
  }
  return out
}

/** OpenSSL's EVP_BytesToKey with MD5 and one iteration: the key of a PEM file with DEK-Info. */
export function md5BytesToKey(password: Uint8Array, salt: Uint8Array, length: number): Uint8Array {
  const blocks: Uint8Array[] = []
  let last: Uint8Array = new Uint8Array()
  for (let have = 0; have < length; have += 16) {
    last = md5(concat([last, password, salt.subarray(0, 8)]))
    blocks.push(last)
  }
  return concat(blocks).subarray(0, length)
}

/** PBKDF1 (RFC 8018 §5.1) with MD5 or SHA-1, for PBES1. */
export async function pbkdf1(
  hash: 'MD5' | 'SHA-1',
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
  breathe: Breathe = letOthersWork,
): Promise<Uint8Array> {
  const digest = hash === 'MD5' ? md5 : sha1
  let T: Uint8Array = digest(concat([password, salt]))
  for (let i = 1; i < iterations; i++) {
    T = digest(T)
    if (i % BREATH === 0) await breathe()
  }
  return T.subarray(0, length)
}

/** Sun's PBEWithMD5AndTripleDES, for keys in a JCEKS: MD5 over each half of the salt; 24 octets of key, 8 of IV. */
export async function sunTripleDesKey(
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  breathe: Breathe = letOthersWork,
): Promise<Uint8Array<ArrayBuffer>> {
  const blocks: Uint8Array[] = []
  for (const half of [salt.subarray(0, 4), salt.subarray(4, 8)]) {
    let T: Uint8Array = half
    for (let i = 1; i <= iterations; i++) {
      T = md5(concat([T, password]))
      if (i % BREATH === 0) await breathe()
    }
    blocks.push(T)
  }
  return concat(blocks)
}
