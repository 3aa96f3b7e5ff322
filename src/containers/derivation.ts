import { hmac } from '@noble/hashes/hmac.js'
import { pbkdf2Async } from '@noble/hashes/pbkdf2.js'
import { scryptAsync } from '@noble/hashes/scrypt.js'
import type { Hash } from '../webcrypto/algorithms.ts'
import { pbkdf2 } from '../webcrypto/password-based.ts'
import {
  breathingUntil,
  hashFunction,
  pbkdf1,
  pkcs12Kdf,
  sunTripleDesKey,
  type KdfHash,
  type Purpose,
} from './legacy/key-derivation.ts'

/** A key derivation from a password, as plain data: slow ones are sent to another worker. */
export type Derivation = {
  readonly password: Uint8Array
  readonly salt: Uint8Array
  /** Key length in octets. */
  readonly length: number
} & (
  | { readonly kdf: 'PBKDF2'; readonly hash: KdfHash; readonly iterations: number }
  | { readonly kdf: 'PBKDF1'; readonly hash: 'MD5' | 'SHA-1'; readonly iterations: number }
  | { readonly kdf: 'JCEKS'; readonly iterations: number }
  | {
      readonly kdf: 'PKCS#12'
      readonly hash: KdfHash
      readonly purpose: Purpose
      readonly iterations: number
    }
  | { readonly kdf: 'scrypt'; readonly N: number; readonly r: number; readonly p: number }
)

/** Does a derivation, here or in another worker. Rejects only if it is cancelled. */
export type Derive = (derivation: Derivation) => Promise<Uint8Array>

/** The scrypt library's memory limit: twice what limits.ts permits, for its own overhead. */
const SCRYPT_MAXMEM = 256 * 1024 * 1024

/** Derives the key in this thread; yields between many rounds, so that messages such as cancel are handled. */
export const derive = async (of: Derivation, signal?: AbortSignal): Promise<Uint8Array> => {
  const { password, salt, length } = of
  const breathe = breathingUntil(signal)
  switch (of.kdf) {
    case 'PBKDF1':
      return pbkdf1(of.hash, password, salt, of.iterations, length, breathe)
    case 'JCEKS':
      return sunTripleDesKey(password, salt, of.iterations, breathe)
    case 'PKCS#12':
      return pkcs12Kdf(of.hash, of.purpose, password, salt, of.iterations, length, breathe)
    case 'scrypt':
      return scryptAsync(password, salt, { N: of.N, r: of.r, p: of.p, dkLen: length, maxmem: SCRYPT_MAXMEM })
    case 'PBKDF2':
      return isInWebCrypto(of.hash)
        ? pbkdf2(of.hash, password, salt, of.iterations, length)
        : pbkdf2Async(hashFunction(of.hash), password, salt, { c: of.iterations, dkLen: length })
  }
}

const isInWebCrypto = (hash: KdfHash): hash is Hash => /^SHA-(1|256|384|512)$/.test(hash)

/** HMAC with any hash that a container may use. */
export const hmacOf = (hash: KdfHash, key: Uint8Array, data: Uint8Array): Uint8Array =>
  hmac(hashFunction(hash), key, data)

/** Returns the cost: hash or HMAC calls for each block of the key; for scrypt, calls of its mixing step. */
export function costOf(of: Derivation): number {
  switch (of.kdf) {
    case 'scrypt':
      return 2 * of.N * of.r * of.p
    case 'PBKDF1':
      return of.iterations
    case 'JCEKS':
      return 2 * of.iterations
    case 'PBKDF2':
    case 'PKCS#12':
      return of.iterations * Math.ceil(of.length / hashFunction(of.hash).outputLen)
  }
}

/** More keys than any pile needs. */
const MOST_REMEMBERED = 5000

/**
 * Caches derived keys, so that reading a file again (because another file or password was added) costs nothing. It has
 * the lifetime of the passwords it is used with.
 */
export class RememberedKeys {
  readonly #keys = new Map<string, Uint8Array>()

  /** The same derivations, each done once. */
  over(work: Derive): Derive {
    const running = new Map<string, Promise<Uint8Array>>()
    return async (derivation) => {
      const name = nameOf(derivation)
      const known = this.#keys.get(name)
      if (known) return known
      const going = running.get(name)
      if (going) return going
      const started = work(derivation)
      running.set(name, started)
      const key = await started
      if (this.#keys.size >= MOST_REMEMBERED) this.#keys.clear()
      this.#keys.set(name, key)
      return key
    }
  }

  forget(): void {
    this.#keys.clear()
  }
}

const nameOf = (derivation: Derivation): string =>
  Object.entries(derivation)
    .map(([field, value]) => `${field}=${String(value)}`)
    .toSorted()
    .join(';')
