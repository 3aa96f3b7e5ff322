import { TAG, parseWhole } from '../der/reader.ts'
import type { Reader } from '../der/reader.ts'
import { isCodedError } from '../errors.ts'
import type { Finding } from '../findings.ts'
import type { KeyType } from '../webcrypto/algorithms.ts'
import { parseAlgorithmIdentifier } from './algorithm-identifier.ts'
import type { AlgorithmIdentifier } from './algorithm-identifier.ts'
import { fieldOctets } from './curves.ts'
import { ALGORITHM_OIDS, KEY_OIDS } from './oids.ts'
import { parsePssParameters, type PssScheme } from './pss-parameters.ts'
import { bigIntOf } from '../octets.ts'

/** SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
export interface Spki {
  readonly der: Uint8Array
  readonly algorithm: AlgorithmIdentifier
  /** Content of the BIT STRING without the unused-bits octet. */
  readonly publicKey: Uint8Array
  /** Null if the algorithm or curve is unknown, or the key is not of its form. */
  readonly keyType: KeyType | null
  readonly rsa: RsaPublicKey | null
  /** The restriction an id-RSASSA-PSS key carries itself (RFC 4055 §3.3), null if it has none. */
  readonly pss: PssScheme | null
}

export interface RsaPublicKey {
  readonly modulusBits: number
  /** Unsigned, without leading zeros. */
  readonly modulus: Uint8Array
  readonly exponent: bigint
}

/** Reads one SubjectPublicKeyInfo and nothing after it. */
export const parseSpkiDer = (der: Uint8Array): Spki => parseWhole(der, (reader) => parseSpki(reader, []))

export function parseSpki(reader: Reader, findings: Finding[]): Spki {
  const start = reader.offset
  const fields = reader.sequence()
  const algorithm = parseAlgorithmIdentifier(fields)
  const { bytes: publicKey, unusedBits } = fields.bitString()
  fields.finish()
  if (unusedBits !== 0)
    findings.push({ code: 'bit-string-not-octets', detail: { field: 'subjectPublicKey', unusedBits } })
  const der = reader.since(start)
  if (algorithm.oid === KEY_OIDS.rsaEncryption || algorithm.oid === KEY_OIDS.rsassaPss)
    return rsaSpki(der, algorithm, publicKey)
  const keyType = unusedBits === 0 ? keyTypeOf(algorithm, publicKey) : null
  return { der, algorithm, publicKey, keyType, rsa: null, pss: null }
}

function rsaSpki(der: Uint8Array, algorithm: AlgorithmIdentifier, publicKey: Uint8Array): Spki {
  const rsa = readable(() => parseRsaPublicKey(publicKey))
  const { parameters } = algorithm
  const unknown: Spki = { der, algorithm, publicKey, keyType: null, rsa, pss: null }
  if (!rsa) return unknown
  if (algorithm.oid === KEY_OIDS.rsaEncryption)
    return isNull(parameters) ? { ...unknown, keyType: 'rsa' } : unknown
  if (parameters === null) return { ...unknown, keyType: 'rsa' }
  const pss = readable(() => parsePssParameters(parameters))
  return pss === null || typeof pss === 'string' ? unknown : { ...unknown, keyType: 'rsa', pss }
}

/** RSAPublicKey (RFC 3279 §2.3.1); null if modulus or exponent is not positive. */
function parseRsaPublicKey(publicKey: Uint8Array): RsaPublicKey | null {
  return parseWhole(publicKey, (reader) => {
    const fields = reader.sequence()
    const modulus = fields.integer()
    const exponent = fields.integer()
    fields.finish()
    if (modulus[0]! >= 0x80 || exponent[0]! >= 0x80) return null
    const unsigned = modulus[0] === 0 && modulus.length > 1 ? modulus.subarray(1) : modulus
    const modulusBits = unsigned.length * 8 - (Math.clz32(unsigned[0]!) - 24)
    return { modulusBits, modulus: unsigned, exponent: unsignedBigInt(exponent) }
  })
}

const COMMON_EXPONENT = 65537n

function unsignedBigInt(content: Uint8Array): bigint {
  if (content.length === 3 && content[0] === 1 && content[1] === 0 && content[2] === 1) return COMMON_EXPONENT
  return bigIntOf(content)
}

/** Returns null if the octets are not of the expected form. */
function readable<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (isCodedError(error)) return null
    throw error
  }
}

const isNull = (der: Uint8Array | null): boolean => der?.length === 2 && der[0] === TAG.NULL

/**
 * The length of a public key of each kind: an uncompressed point (RFC 5480 §2.2), or the raw key (RFC 8410, RFC 9881).
 */
const BARE: Readonly<Record<string, { keyType: KeyType; length: number }>> = {
  [KEY_OIDS.ed25519]: { keyType: 'ed25519', length: 32 },
  [KEY_OIDS['ml-dsa-44']]: { keyType: 'ml-dsa-44', length: 1312 },
  [KEY_OIDS['ml-dsa-65']]: { keyType: 'ml-dsa-65', length: 1952 },
  [KEY_OIDS['ml-dsa-87']]: { keyType: 'ml-dsa-87', length: 2592 },
}
const CURVES: Readonly<Record<string, { keyType: KeyType; length: number }>> = {
  [KEY_OIDS.secp256r1]: { keyType: 'p256', length: 65 },
  [KEY_OIDS.secp384r1]: { keyType: 'p384', length: 97 },
  [KEY_OIDS.secp521r1]: { keyType: 'p521', length: 133 },
}

function keyTypeOf({ oid, parameters }: AlgorithmIdentifier, publicKey: Uint8Array): KeyType | null {
  if (oid === KEY_OIDS.ecPublicKey) {
    const curve = CURVES[namedCurve(parameters) ?? '']
    return curve?.length === publicKey.length && publicKey[0] === 4 ? curve.keyType : null
  }
  const bare = BARE[oid]
  return bare?.length === publicKey.length && parameters === null ? bare.keyType : null
}

/** The same for keys that sign nothing that can be checked here (RFC 8410 §4, RFC 9909 §4, RFC 9935 §4). */
const OTHER_LENGTHS: Readonly<Record<string, number>> = {
  [ALGORITHM_OIDS.X25519]: 32,
  [ALGORITHM_OIDS.X448]: 56,
  [ALGORITHM_OIDS.Ed448]: 57,
  [ALGORITHM_OIDS['ML-KEM-512']]: 800,
  [ALGORITHM_OIDS['ML-KEM-768']]: 1184,
  [ALGORITHM_OIDS['ML-KEM-1024']]: 1568,
  ...Object.fromEntries(
    Object.entries(ALGORITHM_OIDS)
      .filter(([name]) => name.startsWith('SLH-DSA'))
      .map(([name, oid]) => [oid, name.includes('128') ? 32 : name.includes('192') ? 48 : 64]),
  ),
}

/** Whether the algorithm is known but the key does not fit it: no signature can verify with such a key. */
export function isMalformedKey({ algorithm, publicKey, keyType, rsa }: Spki): boolean {
  if (keyType !== null) return false
  const { oid, parameters } = algorithm
  if (oid === KEY_OIDS.rsaEncryption || oid === KEY_OIDS.rsassaPss) return rsa === null
  if (oid === KEY_OIDS.ecPublicKey) return isMalformedPoint(namedCurve(parameters), publicKey)
  const length = OTHER_LENGTHS[oid]
  return (
    (BARE[oid] !== undefined && parameters === null) || (length !== undefined && length !== publicKey.length)
  )
}

/**
 * A point is uncompressed, or compressed (RFC 5480 §2.2), which is well-formed, though WebCrypto is not required to read
 * it; never the point at infinity, nor of the hybrid form, and as long as its curve wants.
 */
function isMalformedPoint(curve: string | null, point: Uint8Array): boolean {
  const field =
    curve === null ? undefined : CURVES[curve] ? (CURVES[curve].length - 1) / 2 : fieldOctets(curve)
  // One of its length would have been read as a key, were it whole octets.
  if (point[0] === 4 && CURVES[curve ?? '']) return true
  if (point[0] === 4)
    return field === undefined ? point.length < 3 || point.length % 2 === 0 : point.length !== 1 + 2 * field
  const compressed = point[0] === 2 || point[0] === 3
  return !compressed || (field === undefined ? point.length < 2 : point.length !== 1 + field)
}

/** Returns the OID of a named curve (RFC 5480 §2.1.1), or null if the parameters do not name one. */
export function namedCurve(parameters: Uint8Array | null): string | null {
  if (parameters?.[0] !== TAG.OID) return null
  return readable(() => parseWhole(parameters, (reader) => reader.oid()))
}
