import { scryptAsync } from '@noble/hashes/scrypt.js'
import type { Reader } from '../der/reader.ts'
import { TAG, parseWhole } from '../der/reader.ts'
import { integer, nul, octetString, oid, seq, type Der } from '../der/writer.ts'
import { CodedError } from '../errors.ts'
import type { Hash } from '../webcrypto/algorithms.ts'
import { aesCbcDecrypt, aesCbcEncrypt, pbkdf2 } from '../webcrypto/password-based.ts'
import type { ContainerFormat, Work } from './limits.ts'
import { desCbcDecrypt, desCbcEncrypt } from './legacy/des.ts'
import { bmpPassword, pbkdf1, pkcs12Kdf, PURPOSE } from './legacy/key-derivation.ts'
import { rc2CbcDecrypt } from './legacy/rc2.ts'

/** Password-based encryption as PKCS#5 (RFC 8018) and PKCS#12 (RFC 7292, App. C) name it by an AlgorithmIdentifier. */
export const PBES2 = '1.2.840.113549.1.5.13'
const PBKDF2 = '1.2.840.113549.1.5.12'
const SCRYPT = '1.3.6.1.4.1.11591.4.11'
const AES_256_CBC = '2.16.840.1.101.3.4.1.42'
const HMAC_SHA256 = '1.2.840.113549.2.9'

/** OpenSSL asks for 16 MiB, the strongest advice in use for 128. */
const SCRYPT_MEMORY = 128 * 1024 * 1024

/** PRFs of PBKDF2 (RFC 8018 §B.1). */
export const HMACS: Record<string, Hash> = {
  '1.2.840.113549.2.7': 'SHA-1',
  [HMAC_SHA256]: 'SHA-256',
  '1.2.840.113549.2.10': 'SHA-384',
  '1.2.840.113549.2.11': 'SHA-512',
}

type Decrypt = (
  key: Uint8Array,
  iv: Uint8Array,
  ciphertext: Uint8Array,
) => Promise<Uint8Array | null> | Uint8Array | null

interface Cipher {
  readonly keyLength: number
  readonly ivLength: number
  readonly decrypt: Decrypt
}

const aes = (keyLength: number): Cipher => ({ keyLength, ivLength: 16, decrypt: aesCbcDecrypt })
const des = (keyLength: number): Cipher => ({ keyLength, ivLength: 8, decrypt: desCbcDecrypt })
const rc2 = (keyLength: number): Cipher => ({ keyLength, ivLength: 8, decrypt: rc2CbcDecrypt })

/** Encryption schemes of PBES2 (§B.2). */
const CIPHERS: Record<string, Cipher> = {
  '2.16.840.1.101.3.4.1.2': aes(16),
  '2.16.840.1.101.3.4.1.22': { ...aes(24), decrypt: aes192CbcDecrypt },
  [AES_256_CBC]: aes(32),
  '1.2.840.113549.3.7': des(24),
  '1.3.14.3.2.7': des(8),
}

/** WebCrypto leaves AES-192 to the engine; Chromium has none. */
async function aes192CbcDecrypt(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array) {
  return aesCbcDecrypt(key, iv, ciphertext).catch((cause: unknown) => {
    const detail = { format: 'PKCS#8', algorithm: 'AES-192-CBC' } as const
    throw new CodedError('container-algorithm-unknown', detail, { cause })
  })
}

/** PKCS#12's own (RFC 7292 App. C): SHA-1 and the derivation of its App. B. */
const PBE_SHA1_3DES = '1.2.840.113549.1.12.1.3'
const PKCS12_SCHEMES: Record<string, Cipher> = {
  [PBE_SHA1_3DES]: des(24),
  '1.2.840.113549.1.12.1.4': {
    ...des(16),
    decrypt: (key, iv, text) => desCbcDecrypt(Uint8Array.of(...key, ...key.subarray(0, 8)), iv, text),
  },
  '1.2.840.113549.1.12.1.5': rc2(16),
  '1.2.840.113549.1.12.1.6': rc2(5),
}

/** PBES1 (RFC 8018 §A.3) with DES; RC2 was never seen with it in key files. */
const PBES1_SCHEMES: Record<string, 'MD5' | 'SHA-1'> = {
  '1.2.840.113549.1.5.3': 'MD5',
  '1.2.840.113549.1.5.10': 'SHA-1',
}

/** Schemes we meet and cannot open, by the name a person knows. */
const NAMES: Record<string, string> = {
  '1.2.840.113549.1.12.1.1': 'PBE-SHA1-RC4-128',
  '1.2.840.113549.1.12.1.2': 'PBE-SHA1-RC4-40',
  '2.16.840.1.101.3.4.1.6': 'AES-128-GCM',
  '2.16.840.1.101.3.4.1.46': 'AES-256-GCM',
  '1.2.840.113549.2.8': 'HMAC-SHA-224',
}

/** A password in the forms the schemes take it: characters, and for PKCS#12 the octets of App. B.1. */
export interface Password {
  readonly text: string
  /** Of an empty password some tools take no octets at all, others the two zeros. */
  readonly bmp: Uint8Array
}
export const passwordOf = (text: string): Password => ({ text, bmp: bmpPassword(text) })

export interface WriteOptions {
  readonly iterations: number
  readonly random: (length: number) => Uint8Array
}

/** Of what is written: some 0.1 s per derivation, and a PKCS#12 needs three. */
export const WRITE_ITERATIONS = 200_000

/** PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC: the AlgorithmIdentifier and the ciphertext. */
export async function pbes2Encrypt(
  plaintext: Uint8Array,
  password: string,
  { iterations, random }: WriteOptions,
): Promise<{ algorithm: Der; ciphertext: Uint8Array }> {
  const salt = random(16)
  const iv = random(16)
  const key = await pbkdf2('SHA-256', utf8(password), salt, iterations, 32)
  const kdf = seq(oid(PBKDF2), seq(octetString(salt), integer(iterations), seq(oid(HMAC_SHA256), nul())))
  const algorithm = seq(oid(PBES2), seq(kdf, seq(oid(AES_256_CBC), octetString(iv))))
  return { algorithm, ciphertext: await aesCbcEncrypt(key, iv, plaintext) }
}

/** PBE-SHA1-3DES (RFC 7292 App. C), for readers that know nothing newer. */
export async function pbeSha1TripleDesEncrypt(
  plaintext: Uint8Array,
  password: string,
  { iterations, random }: WriteOptions,
): Promise<{ algorithm: Der; ciphertext: Uint8Array }> {
  const salt = random(8)
  const derive = (purpose: 1 | 2, length: number): Promise<Uint8Array> =>
    pkcs12Kdf('SHA-1', purpose, bmpPassword(password), salt, iterations, length)
  const key = await derive(PURPOSE.key, 24)
  const ciphertext = desCbcEncrypt(key, await derive(PURPOSE.iv, 8), plaintext)
  return { algorithm: seq(oid(PBE_SHA1_3DES), seq(octetString(salt), integer(iterations))), ciphertext }
}

/**
 * The plaintext, or null where the password does not fit. Throws container-algorithm-unknown,
 * container-iterations-too-many (before any work) and der-* errors.
 */
export async function pbesDecrypt(
  algorithm: Uint8Array,
  ciphertext: Uint8Array,
  password: Password,
  work: Work,
): Promise<Uint8Array | null> {
  const { id, parameters } = readAlgorithm(algorithm)
  if (id === PBES2) return pbes2Decrypt(required(parameters, work.format), ciphertext, password, work)
  const pkcs12 = PKCS12_SCHEMES[id]
  const pbes1 = PBES1_SCHEMES[id]
  if (!pkcs12 && !pbes1) throw unknown(work.format, id)
  const { salt, iterations } = readPbeParameters(required(parameters, work.format))
  work.spend(iterations)
  if (pkcs12) {
    const derive = (purpose: 1 | 2, length: number): Promise<Uint8Array> =>
      pkcs12Kdf('SHA-1', purpose, password.bmp, salt, iterations, length)
    const key = await derive(PURPOSE.key, pkcs12.keyLength)
    return pkcs12.decrypt(key, await derive(PURPOSE.iv, pkcs12.ivLength), ciphertext)
  }
  const key = pbkdf1(pbes1!, utf8(password.text), salt, iterations, 16)
  return desCbcDecrypt(key.subarray(0, 8), key.subarray(8), ciphertext)
}

async function pbes2Decrypt(
  parameters: Uint8Array,
  ciphertext: Uint8Array,
  password: Password,
  work: Work,
): Promise<Uint8Array | null> {
  const [kdf, scheme] = parseWhole(parameters, (reader) => {
    const both = reader.sequence()
    const pair = [readAlgorithm(both.element()), readAlgorithm(both.element())] as const
    both.finish()
    return pair
  })
  const cipher = CIPHERS[scheme.id]
  if (!cipher) throw unknown(work.format, scheme.id)
  const iv = parseWhole(required(scheme.parameters, work.format), (reader) => reader.octetString())
  const derive = readKdf(kdf, cipher.keyLength, work)
  const plaintext = await cipher.decrypt(await derive(utf8(password.text)), iv, ciphertext)
  if (plaintext || work.format !== 'PKCS#12') return plaintext
  // Older NSS gave PBKDF2 the octets meant for the PKCS#12 derivation.
  return cipher.decrypt(await derive(password.bmp), iv, ciphertext)
}

/**
 * PBKDF2 with its parameters (RFC 8018 §A.2), ready for a password; the iterations are spent here. `wanted` is the
 * cipher's key length, or 'stated' where only the parameters can tell (RFC 9579 §4).
 */
export function readKdf(
  { id, parameters }: Algorithm,
  wanted: number | 'stated',
  work: Work,
): (password: Uint8Array) => Promise<Uint8Array> {
  if (id === SCRYPT) return readScrypt(required(parameters, work.format), wanted, work)
  if (id !== PBKDF2) throw unknown(work.format, id)
  const { salt, iterations, statedLength, prf } = parseWhole(required(parameters, work.format), (reader) => {
    const fields = reader.sequence()
    const salt = fields.octetString()
    const iterations = fields.smallInteger()
    const statedLength = fields.peekTag() === TAG.INTEGER ? fields.smallInteger() : null
    const prf = fields.atEnd ? '1.2.840.113549.2.7' : readAlgorithm(fields.element()).id
    fields.finish()
    return { salt, iterations, statedLength, prf }
  })
  const hash = HMACS[prf]
  if (!hash) throw unknown(work.format, prf)
  const keyLength = wanted === 'stated' ? statedLength : wanted
  if (keyLength === null || (statedLength ?? keyLength) !== keyLength || keyLength > 64 || keyLength < 8)
    throw new CodedError('container-structure', { format: work.format, part: 'keyLength' })
  work.spend(iterations)
  return (password) => pbkdf2(hash, password, salt, iterations, keyLength)
}

/** scrypt with its parameters (RFC 7914 §7). Its memory is 128·N·r octets; each of 2·N·r·p steps counts as an iteration. */
function readScrypt(
  parameters: Uint8Array,
  wanted: number | 'stated',
  work: Work,
): (password: Uint8Array) => Promise<Uint8Array> {
  const { salt, N, r, p, statedLength } = parseWhole(parameters, (reader) => {
    const fields = reader.sequence()
    const salt = fields.octetString()
    const [N, r, p] = [fields.smallInteger(), fields.smallInteger(), fields.smallInteger()]
    const statedLength = fields.atEnd ? null : fields.smallInteger()
    fields.finish()
    return { salt, N, r, p, statedLength }
  })
  const keyLength = wanted === 'stated' ? statedLength : wanted
  const fits = N > 1 && (N & (N - 1)) === 0 && r > 0 && p > 0 && (statedLength ?? keyLength) === keyLength
  if (!fits || keyLength === null || 128 * N * r > SCRYPT_MEMORY)
    throw new CodedError('container-structure', { format: work.format, part: 'scrypt-params' })
  work.spend(2 * N * r * p)
  return (password) => scryptAsync(password, salt, { N, r, p, dkLen: keyLength, maxmem: 2 * SCRYPT_MEMORY })
}

export interface Algorithm {
  readonly id: string
  readonly parameters: Uint8Array | null
}

/** An AlgorithmIdentifier as it stands in a container. */
export function readAlgorithm(der: Uint8Array): Algorithm {
  return parseWhole(der, (reader) => {
    const fields = reader.sequence()
    const id = fields.oid()
    const parameters = fields.atEnd ? null : fields.element()
    fields.finish()
    return { id, parameters }
  })
}

function readPbeParameters(der: Uint8Array): { salt: Uint8Array; iterations: number } {
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

export function unknown(format: ContainerFormat, id: string): CodedError {
  return new CodedError('container-algorithm-unknown', { format, algorithm: NAMES[id] ?? id })
}

const encoder = new TextEncoder()
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)
