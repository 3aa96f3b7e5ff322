import type { Reader } from '../der/reader.ts'
import { TAG, parseWhole } from '../der/reader.ts'
import { CodedError } from '../errors.ts'
import { costOf, type Derivation, type Derive } from './derivation.ts'
import { PURPOSE } from './legacy/key-derivation.ts'
import type { ContainerFormat, Work } from './limits.ts'
import { passwordOf, type Password } from './password.ts'
import { utf8 } from '../octets.ts'
import {
  HMAC_SHA1,
  HMACS,
  PBES1_CIPHERS,
  PBES2,
  PBES2_CIPHERS,
  PBKDF2,
  PKCS12_CIPHERS,
  RC2_CBC,
  RC2_VERSIONS,
  SCRYPT,
  unknown,
  type Cipher,
} from './schemes.ts'

/** OpenSSL uses 16 MiB; the strongest current recommendation is 128. */
const SCRYPT_MEMORY = 128 * 1024 * 1024

/** Data that a password opens: parsed and its work counted, nothing computed yet. */
export interface Sealed {
  /** Returns the plaintext under this password, or null if the password is wrong. */
  readonly open: (password: Password, derive: Derive) => Promise<Uint8Array | null>
  /** The first derivation of open(), so that it can be started early. */
  readonly derivations: (password: Password) => readonly Derivation[]
}

/**
 * Parses the AlgorithmIdentifier of password-based encryption of PKCS#5 (RFC 8018) or PKCS#12 (RFC 7292, App. C).
 * Throws container-algorithm-unknown, container-iterations-too-many and der-* errors; no key is derived before open().
 */
export function readSealed(algorithm: Uint8Array, ciphertext: Uint8Array, work: Work): Sealed {
  const { id, parameters } = readAlgorithm(algorithm)
  if (id === PBES2) return readPbes2(required(parameters, work.format), ciphertext, work)
  const pkcs12 = PKCS12_CIPHERS[id]
  const pbes1 = PBES1_CIPHERS[id]
  if (!pkcs12 && !pbes1) throw unknown(work.format, id)
  const { salt, iterations } = readPbeParameters(required(parameters, work.format))
  const sealed = pkcs12
    ? sealedAsPkcs12(pkcs12, salt, iterations, ciphertext)
    : sealedByPbes1(id, salt, iterations, ciphertext)
  // The number of blocks does not depend on the password.
  for (const derivation of sealed.derivations(passwordOf(''))) work.spend(costOf(derivation), salt)
  return sealed
}

function sealedAsPkcs12(
  cipher: Cipher,
  salt: Uint8Array,
  iterations: number,
  ciphertext: Uint8Array,
): Sealed {
  const derivation = (password: Password, purpose: 1 | 2, length: number): Derivation => ({
    kdf: 'PKCS#12',
    hash: 'SHA-1',
    purpose,
    password: password.bmp,
    salt,
    iterations,
    length,
  })
  const { keyLength, ivLength, decrypt } = cipher
  const keyOf = (password: Password): Derivation => derivation(password, PURPOSE.key, keyLength)
  const ivOf = (password: Password): Derivation => derivation(password, PURPOSE.iv, ivLength)
  return {
    derivations: (password) => (ivLength === 0 ? [keyOf(password)] : [keyOf(password), ivOf(password)]),
    open: async (password, derive) => {
      const key = await derive(keyOf(password))
      return decrypt(key, ivLength === 0 ? new Uint8Array() : await derive(ivOf(password)), ciphertext)
    },
  }
}

function sealedByPbes1(id: string, salt: Uint8Array, iterations: number, ciphertext: Uint8Array): Sealed {
  const { hash, decrypt } = PBES1_CIPHERS[id]!
  const keyOf = ({ text }: Password): Derivation => ({
    kdf: 'PBKDF1',
    hash,
    password: utf8(text),
    salt,
    iterations,
    length: 16,
  })
  return {
    derivations: (password) => [keyOf(password)],
    open: async (password, derive) => {
      const key = await derive(keyOf(password))
      return decrypt(key.subarray(0, 8), key.subarray(8), ciphertext)
    },
  }
}

function readPbes2(parameters: Uint8Array, ciphertext: Uint8Array, work: Work): Sealed {
  const [kdf, scheme] = parseWhole(parameters, (reader) => {
    const both = reader.sequence()
    const pair = [readAlgorithm(both.element()), readAlgorithm(both.element())] as const
    both.finish()
    return pair
  })
  const { cipher, iv } = readScheme(scheme, work.format)
  const keyOf = readKdf(kdf, cipher.keyLength, work)
  let isSecondAfforded: boolean | null = null
  return {
    derivations: ({ text }) => [keyOf(utf8(text))],
    open: async ({ text, bmp }, derive) => {
      const plaintext = await cipher.decrypt(await derive(keyOf(utf8(text))), iv, ciphertext)
      if (plaintext || work.format !== 'PKCS#12') return plaintext
      // Older NSS gave PBKDF2 the password octets of the PKCS#12 derivation.
      const second = keyOf(bmp)
      isSecondAfforded ??= work.affords(costOf(second))
      return isSecondAfforded ? cipher.decrypt(await derive(second), iv, ciphertext) : null
    },
  }
}

/** An encryption scheme of PBES2 (RFC 8018 §B.2) with its initialization vector. */
function readScheme(
  { id, parameters }: Algorithm,
  format: ContainerFormat,
): { cipher: Cipher; iv: Uint8Array } {
  const cipher = PBES2_CIPHERS[id]
  if (!cipher && id !== RC2_CBC) throw unknown(format, id)
  const der = required(parameters, format)
  if (!cipher) {
    const { version, iv } = parseWhole(der, (reader) => {
      const fields = reader.sequence()
      const parts = { version: fields.smallInteger(), iv: fields.octetString() }
      fields.finish()
      return parts
    })
    const rc2 = RC2_VERSIONS[version]
    if (!rc2) throw new CodedError('container-structure', { format, part: 'rc2ParameterVersion' })
    return { cipher: rc2, iv }
  }
  return { cipher, iv: parseWhole(der, (reader) => reader.octetString()) }
}

/**
 * Parses the parameters of PBKDF2 (RFC 8018 §A.2); the iterations are counted here. `wanted` is the cipher's key
 * length, or 'stated' if it is only in the parameters (RFC 9579 §4).
 */
export function readKdf(
  { id, parameters }: Algorithm,
  wanted: number | 'stated',
  work: Work,
): (password: Uint8Array) => Derivation {
  if (id === SCRYPT) return readScrypt(required(parameters, work.format), wanted, work)
  if (id !== PBKDF2) throw unknown(work.format, id)
  const { salt, iterations, statedLength, prf } = parseWhole(required(parameters, work.format), (reader) => {
    const fields = reader.sequence()
    const salt = fields.octetString()
    const iterations = fields.smallInteger()
    const statedLength = fields.peekTag() === TAG.INTEGER ? fields.smallInteger() : null
    const prf = fields.atEnd ? HMAC_SHA1 : readAlgorithm(fields.element()).id
    fields.finish()
    return { salt, iterations, statedLength, prf }
  })
  const hash = HMACS[prf]
  if (!hash) throw unknown(work.format, prf)
  const length = keyLength(wanted, statedLength)
  if (length === null) throw new CodedError('container-structure', { format: work.format, part: 'keyLength' })
  const keyOf = (password: Uint8Array): Derivation => ({
    kdf: 'PBKDF2',
    hash,
    password,
    salt,
    iterations,
    length,
  })
  work.spend(costOf(keyOf(salt)), salt)
  return keyOf
}

/**
 * A cipher uses the front of the derived key: old NSS stated a longer key than it used. Never shorter than required.
 */
function keyLength(wanted: number | 'stated', stated: number | null): number | null {
  const length = wanted === 'stated' ? stated : wanted
  return length === null || length < 5 || length > 64 || (stated ?? length) < length ? null : length
}

/**
 * Parses the parameters of scrypt (RFC 7914 §7). It uses 128·N·r octets of memory; each of 2·N·r·p steps counts as an
 * iteration.
 */
function readScrypt(
  parameters: Uint8Array,
  wanted: number | 'stated',
  work: Work,
): (password: Uint8Array) => Derivation {
  const { salt, N, r, p, statedLength } = parseWhole(parameters, (reader) => {
    const fields = reader.sequence()
    const salt = fields.octetString()
    const [N, r, p] = [fields.smallInteger(), fields.smallInteger(), fields.smallInteger()]
    const statedLength = fields.atEnd ? null : fields.smallInteger()
    fields.finish()
    return { salt, N, r, p, statedLength }
  })
  const length = keyLength(wanted, statedLength)
  const fits = N > 1 && (N & (N - 1)) === 0 && r > 0 && p > 0
  if (!fits || length === null || 128 * N * r > SCRYPT_MEMORY)
    throw new CodedError('container-structure', { format: work.format, part: 'scrypt-params' })
  work.spend(2 * N * r * p, salt)
  return (password) => ({ kdf: 'scrypt', password, salt, N, r, p, length })
}

export interface Algorithm {
  readonly id: string
  readonly parameters: Uint8Array | null
}

/** A parsed AlgorithmIdentifier of a container. */
export function readAlgorithm(der: Uint8Array): Algorithm {
  return parseWhole(der, (reader) => {
    const fields = reader.sequence()
    const id = fields.oid()
    const parameters = fields.atEnd ? null : fields.element()
    fields.finish()
    return { id, parameters }
  })
}

/** Salt and iterations of PBES1 and older schemes (RFC 8018 §A.3). */
export function readPbeParameters(der: Uint8Array): { salt: Uint8Array; iterations: number } {
  return parseWhole(der, (reader: Reader) => {
    const fields = reader.sequence()
    const salt = fields.octetString()
    const iterations = fields.smallInteger()
    fields.finish()
    return { salt, iterations }
  })
}

function required(parameters: Uint8Array | null, format: ContainerFormat): Uint8Array {
  if (!parameters) throw new CodedError('container-structure', { format, part: 'parameters' })
  return parameters
}
