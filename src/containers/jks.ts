import { sha1 } from '@noble/hashes/legacy.js'
import { parseWhole } from '../der/reader.ts'
import { concat, utf8Text, utf8 } from '../octets.ts'
import { CodedError } from '../errors.ts'
import { derive as deriveHere, type Derive } from './derivation.ts'
import { skipJavaObject } from './legacy/java-object.ts'
import { desCbcDecrypt } from './legacy/des.ts'
import { CONTAINER_LIMITS, Work, type ContainerLimits } from './limits.ts'
import { isPrivateKeyInfo, passwordWrong, type OpenOptions } from './pkcs8.ts'
import { readAlgorithm, readPbeParameters } from './pbes.ts'
import { SUN_JCEKS, SUN_JKS, unknown } from './schemes.ts'

/** Java's own key store, replaced by PKCS#12; JCEKS encrypts keys differently, and also holds secret keys. */
const JKS = 0xfeedfeed
const JCEKS = 0xcececece
const PHRASE = utf8('Mighty Aphrodite')
const DIGEST = 20

export interface JksKey {
  readonly alias: string
  /** EncryptedPrivateKeyInfo with one of Sun's own schemes. */
  readonly sealed: Uint8Array
  readonly chain: readonly Uint8Array[]
}

export interface Jks {
  readonly keys: readonly JksKey[]
  readonly trusted: readonly { readonly alias: string; readonly certificate: Uint8Array }[]
  /** Number of secret keys, which belong to no certificate. */
  readonly secretKeys: number
}

export const isJks = (bytes: Uint8Array): boolean =>
  bytes.length > 12 && [JKS, JCEKS].includes(view(bytes).getUint32(0))

/** Returns everything in a JKS that can be read without its password. Throws container-structure, der-too-large. */
export function readJks(bytes: Uint8Array, limits: ContainerLimits = CONTAINER_LIMITS): Jks {
  if (bytes.length > limits.size)
    throw new CodedError('der-too-large', { size: bytes.length, limit: limits.size })
  const cursor = new Cursor(bytes.subarray(0, bytes.length - DIGEST))
  cursor.uint32()
  const version = cursor.uint32()
  if (version !== 1 && version !== 2) throw structure('version')
  const keys: JksKey[] = []
  const trusted: { alias: string; certificate: Uint8Array }[] = []
  let secretKeys = 0
  for (let left = cursor.uint32(); left > 0; left--) {
    const kind = cursor.uint32()
    const alias = cursor.text()
    cursor.octets(8)
    if (kind === 1) keys.push({ alias, sealed: cursor.octets(cursor.uint32()), chain: cursor.chain(version) })
    else if (kind === 2) trusted.push({ alias, certificate: cursor.certificate(version) })
    else if (kind === 3) {
      cursor.octets(skipJavaObject(cursor.rest))
      secretKeys += 1
    } else throw structure('entry')
  }
  if (!cursor.atEnd) throw structure('entries')
  return { keys, trusted, secretKeys }
}

/** Whether the store's digest is valid under this password. */
export function jksIsIntact(bytes: Uint8Array, password: string): boolean {
  const body = bytes.subarray(0, bytes.length - DIGEST)
  return isSame(sha1(concat([utf16(password), PHRASE, body])), bytes.subarray(bytes.length - DIGEST))
}

/**
 * Returns the PKCS#8 key of an entry. Throws container-password-wrong, container-algorithm-unknown,
 * container-iterations-too-many.
 */
export async function openJksKey(
  { sealed }: JksKey,
  password: string,
  { limits = CONTAINER_LIMITS, derive = (of) => deriveHere(of) }: OpenOptions = {},
): Promise<Uint8Array> {
  const { algorithm, ciphertext } = parseWhole(sealed, (reader) => {
    const fields = reader.sequence()
    return { algorithm: readAlgorithm(fields.element()), ciphertext: fields.octetString() }
  })
  if (algorithm.id === SUN_JKS) return openSunKey(ciphertext, utf16(password))
  if (algorithm.id !== SUN_JCEKS) throw unknown('JKS', algorithm.id)
  const { salt, iterations } = readPbeParameters(algorithm.parameters ?? new Uint8Array())
  new Work('JKS', limits).spend(2 * iterations, salt)
  return openJceksKey({ salt, iterations, ciphertext }, utf8(password), derive)
}

function openSunKey(protectedKey: Uint8Array, secret: Uint8Array): Uint8Array {
  const body = protectedKey.subarray(DIGEST, protectedKey.length - DIGEST)
  const plain = new Uint8Array(body.length)
  let stream: Uint8Array = protectedKey.subarray(0, DIGEST)
  for (let at = 0; at < body.length; at += DIGEST) {
    stream = sha1(concat([secret, stream]))
    for (let i = at; i < Math.min(at + DIGEST, body.length); i++) plain[i] = body[i]! ^ stream[i - at]!
  }
  if (!isSame(sha1(concat([secret, plain])), protectedKey.subarray(protectedKey.length - DIGEST)))
    throw passwordWrong('JKS')
  return plain
}

async function openJceksKey(
  { salt, iterations, ciphertext }: { salt: Uint8Array; iterations: number; ciphertext: Uint8Array },
  password: Uint8Array,
  derive: Derive,
): Promise<Uint8Array> {
  if (salt.length !== 8) throw structure('salt')
  const key = await derive({ kdf: 'JCEKS', password, salt, iterations, length: 32 })
  const plain = desCbcDecrypt(key.subarray(0, 24), key.subarray(24), ciphertext)
  if (!plain || !isPrivateKeyInfo(plain)) throw passwordWrong('JKS')
  return plain
}

class Cursor {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = view(bytes)
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  /** Returns the remaining octets without consuming them. */
  get rest(): Uint8Array {
    return this.#bytes.subarray(this.#at)
  }

  octets(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#at) throw structure('length')
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  uint32(): number {
    this.octets(4)
    return this.#view.getUint32(this.#at - 4)
  }

  text(): string {
    this.octets(2)
    const length = this.#view.getUint16(this.#at - 2)
    return utf8Text(this.octets(length))
  }

  certificate(version: number): Uint8Array {
    if (version === 2 && this.text() !== 'X.509') throw structure('certificate type')
    return this.octets(this.uint32())
  }

  chain(version: number): Uint8Array[] {
    const all: Uint8Array[] = []
    for (let left = this.uint32(); left > 0; left--) all.push(this.certificate(version))
    return all
  }
}

function utf16(password: string): Uint8Array {
  return Uint8Array.from(
    { length: 2 * password.length },
    (_, i) => password.charCodeAt(i >> 1) >> (i & 1 ? 0 : 8),
  )
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((octet, i) => octet === b[i])
const structure = (part: string): CodedError => new CodedError('container-structure', { format: 'JKS', part })
