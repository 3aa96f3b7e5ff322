import { derive as deriveHere, hmacOf, type Derive } from './derivation.ts'
import { PURPOSE } from './legacy/key-derivation.ts'
import { passwordOf, type Password } from './password.ts'
import { utf8 } from '../octets.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** How the keys of a written file are derived. */
export interface WriteOptions {
  readonly iterations: number
  readonly random: (length: number) => Uint8Array
}

/**
 * The keys that encrypt files under one passphrase. Each is derived once, from its own salt: many files of one
 * passphrase are as hard to open as one, and cost as much to write. Each file gets its own initialization vectors.
 */
export class FileKeys {
  readonly options: WriteOptions
  readonly #password: Password
  readonly #derive: Derive
  readonly #known = new Map<string, Promise<{ salt: Bytes; key: Bytes }>>()

  constructor(password: string, options: WriteOptions, derive: Derive = (of) => deriveHere(of)) {
    this.#password = passwordOf(password)
    this.options = options
    this.#derive = derive
  }

  /** For AES-256, by PBKDF2-HMAC-SHA-256. */
  aes(): Promise<{ salt: Bytes; key: Bytes }> {
    const { iterations } = this.options
    return this.#once('aes', 16, (salt) =>
      this.#derive({
        kdf: 'PBKDF2',
        hash: 'SHA-256',
        password: utf8(this.#password.text),
        salt,
        iterations,
        length: 32,
      }),
    )
  }

  /**
   * For PBE-SHA1-3DES, whose initialization vector is derived from the salt too, so equal prefixes encrypt equally. So
   * keys have another salt than certificates; the only common prefix of two keys is the algorithm name.
   */
  async tripleDes(what: string): Promise<{ salt: Bytes; key: Bytes; iv: Bytes }> {
    const derived = async (salt: Bytes, purpose: 1 | 2, length: number): Promise<Uint8Array> =>
      this.#pkcs12('SHA-1', salt, purpose, length)
    const { salt, key } = await this.#once(`3des ${what}`, 8, async (salt) => {
      const [key, iv] = [await derived(salt, PURPOSE.key, 24), await derived(salt, PURPOSE.iv, 8)]
      return Uint8Array.from([...key, ...iv])
    })
    return { salt, key: key.subarray(0, 24), iv: key.subarray(24) }
  }

  /** The MAC of a PKCS#12 (RFC 7292 App. B), and the salt of its key. */
  async mac(hash: 'SHA-1' | 'SHA-256', data: Uint8Array): Promise<{ salt: Bytes; mac: Uint8Array }> {
    const length = hash === 'SHA-1' ? 20 : 32
    const { salt, key } = await this.#once(`mac ${hash}`, 16, (salt) =>
      this.#pkcs12(hash, salt, PURPOSE.mac, length),
    )
    return { salt, mac: hmacOf(hash, key, data) }
  }

  #pkcs12(hash: 'SHA-1' | 'SHA-256', salt: Bytes, purpose: 1 | 2 | 3, length: number): Promise<Uint8Array> {
    const { iterations } = this.options
    const password = this.#password.bmp
    return this.#derive({ kdf: 'PKCS#12', hash, purpose, password, salt, iterations, length })
  }

  #once(
    name: string,
    saltLength: number,
    work: (salt: Bytes) => Promise<Uint8Array>,
  ): Promise<{ salt: Bytes; key: Bytes }> {
    let known = this.#known.get(name)
    if (!known) {
      const salt = Uint8Array.from(this.options.random(saltLength))
      known = work(salt).then((key) => ({ salt, key: Uint8Array.from(key) }))
      this.#known.set(name, known)
    }
    return known
  }
}

/** Keys for a single file, or shared by many. */
export const fileKeys = (secret: string | FileKeys, options: WriteOptions): FileKeys =>
  typeof secret === 'string' ? new FileKeys(secret, options) : secret
