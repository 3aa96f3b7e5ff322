import { TAG, contextConstructed, contextPrimitive, parseWhole, type Reader } from '../der/reader.ts'
import { bitString, explicit, integer, nul, octetString, oid, seq, tlv, type Der } from '../der/writer.ts'
import { CodedError } from '../errors.ts'
import { EC_OCTETS, type KeyType } from '../webcrypto/algorithms.ts'
import { pkcs8OfJwk, publicHalf } from '../webcrypto/public-half.ts'
import { encodePrivateKeyInfo, parsePrivateKeyInfo, type PrivateKeyInfo } from '../x509/private-key-info.ts'

const RSA = '1.2.840.113549.1.1.1'
const RSA_PSS = '1.2.840.113549.1.1.10'
const EC = '1.2.840.10045.2.1'
const RSA_ALGORITHM = seq(oid(RSA), nul())

/** A private key from outside, made uniform: what WebCrypto takes, and the public key it belongs to. */
export interface PrivateKey {
  readonly keyType: KeyType
  /** Plain PKCS#8: version 0, no attributes, rsaEncryption for every RSA key, ML-DSA as its seed. */
  readonly pkcs8: Uint8Array
  /** SubjectPublicKeyInfo; of an id-RSASSA-PSS key with that algorithm and its parameters. */
  readonly spki: Uint8Array
}

/** Names of algorithms that people have keys of and that cannot be used here. */
const OTHERS: Record<string, string> = {
  '1.2.840.10040.4.1': 'DSA',
  '1.2.840.113549.1.3.1': 'Diffie-Hellman',
  '1.3.101.110': 'X25519',
  '1.3.101.111': 'X448',
  '1.3.101.113': 'Ed448',
  [EC]: 'ECDSA on another curve',
}

/**
 * Reads PKCS#8 (RFC 5958), RSAPrivateKey (RFC 8017 §A.1.2) or ECPrivateKey (RFC 5915). Throws key-algorithm-unknown,
 * key-expanded-only, key-public-half-missing where the engine refuses the key, and der-* errors.
 */
export async function readPrivateKey(der: Uint8Array): Promise<PrivateKey> {
  const info = parsePrivateKeyInfo(toPkcs8(der))
  if (!info.keyType)
    throw new CodedError('key-algorithm-unknown', {
      algorithm: OTHERS[info.algorithm.oid] ?? info.algorithm.oid,
    })
  const { keyType } = info
  const pkcs8 = encodePrivateKeyInfo(algorithmFor(info), keyMaterial(info))
  if (keyType === 'rsa') return { keyType, pkcs8, spki: rsaSpki(info) }
  return { keyType, pkcs8, spki: await publicHalfOf(keyType, pkcs8) }
}

async function publicHalfOf(keyType: KeyType, pkcs8: Uint8Array): Promise<Uint8Array> {
  try {
    return await publicHalf(keyType, pkcs8)
  } catch (cause) {
    throw new CodedError('key-public-half-missing', { algorithm: keyType }, { cause })
  }
}

const algorithmFor = ({ algorithm, keyType }: PrivateKeyInfo): Uint8Array =>
  keyType === 'rsa' ? RSA_ALGORITHM : algorithm.der

function rsaSpki({ algorithm, privateKey }: PrivateKeyInfo): Der {
  const [modulus, exponent] = parseWhole(privateKey, (reader) => {
    const fields = reader.sequence()
    fields.smallInteger()
    return [fields.integer(), fields.integer()]
  })
  const publicKey = seq(integer(modulus), integer(exponent))
  return seq(algorithm.oid === RSA_PSS ? algorithm.der : RSA_ALGORITHM, bitString(publicKey))
}

function keyMaterial({ keyType, privateKey }: PrivateKeyInfo): Uint8Array {
  return keyType?.startsWith('ml-dsa') ? seedOf(keyType, privateKey) : privateKey
}

/** ML-DSA-PrivateKey (RFC 9881 §6): [0] seed, an expanded key, or both; the seed alone makes the key. */
function seedOf(algorithm: KeyType, privateKey: Uint8Array): Uint8Array {
  return parseWhole(privateKey, (reader: Reader) => {
    if (reader.peekTag() === TAG.OCTET_STRING)
      throw new CodedError('key-expanded-only', { algorithm: algorithm.toUpperCase() })
    if (reader.peekTag() !== TAG.SEQUENCE) return reader.element(contextPrimitive(0))
    const both = reader.sequence()
    const seed = both.octetString()
    both.octetString()
    both.finish()
    return tlv(contextPrimitive(0), seed)
  })
}

/** PKCS#8 as it is; the traditional forms with an AlgorithmIdentifier around them. */
function toPkcs8(der: Uint8Array): Uint8Array {
  return parseWhole(der, (reader) => {
    const fields = reader.sequence()
    fields.smallInteger()
    const next = fields.peekTag()
    fields.offset = fields.end
    if (next === TAG.INTEGER) return encodePrivateKeyInfo(RSA_ALGORITHM, der)
    return next === TAG.OCTET_STRING ? wrapEcPrivateKey(der) : der
  })
}

/** ECPrivateKey (RFC 5915 §3): the curve moves out to the AlgorithmIdentifier, the public key stays. */
function wrapEcPrivateKey(der: Uint8Array): Der {
  return parseWhole(der, (reader) => {
    const fields = reader.sequence()
    fields.smallInteger()
    const d = fields.octetString()
    const curve = fields.optional(contextConstructed(0))?.element()
    const publicKey = fields.optional(contextConstructed(1))?.element()
    fields.finish()
    if (!curve || curve[0] !== TAG.OID)
      throw new CodedError('key-algorithm-unknown', { algorithm: OTHERS[EC]! })
    const key = seq(integer(1), octetString(d), ...(publicKey ? [explicit(1, publicKey)] : []))
    return encodePrivateKeyInfo(seq(oid(EC), curve), key)
  })
}

const JWK_TYPES: Record<string, KeyType> = {
  'P-256': 'p256',
  'P-384': 'p384',
  'P-521': 'p521',
  Ed25519: 'ed25519',
  'ML-DSA-44': 'ml-dsa-44',
  'ML-DSA-65': 'ml-dsa-65',
  'ML-DSA-87': 'ml-dsa-87',
}

/** Whether a JSON value is a private JWK (RFC 7517): an asymmetric key with its secret member. */
export function isPrivateJwk(value: unknown): value is JsonWebKey {
  if (typeof value !== 'object' || value === null || !('kty' in value)) return false
  return 'd' in value || 'priv' in value
}

/** A private JWK (RFC 7517; RFC 9964 for ML-DSA) as PrivateKey. Throws key-algorithm-unknown where none is known or it does not fit. */
export async function readPrivateJwk(jwk: JsonWebKey): Promise<PrivateKey> {
  const name = String(jwk.kty === 'AKP' ? jwk.alg : (jwk.crv ?? jwk.kty))
  const keyType = jwk.kty === 'RSA' ? 'rsa' : JWK_TYPES[name]
  if (!keyType) throw new CodedError('key-algorithm-unknown', { algorithm: name.slice(0, 40) })
  const octets = EC_OCTETS[keyType]
  // RFC 7518 §6.2.1.2: coordinates and d have their full length; not every engine looks.
  const full =
    octets === undefined ||
    [jwk.x, jwk.y, jwk.d].every((text) => text?.length === Math.ceil((octets * 4) / 3))
  if (!full) throw new CodedError('container-structure', { format: 'JWK', part: name })
  let pkcs8: Uint8Array
  try {
    pkcs8 = await pkcs8OfJwk(keyType, jwk)
  } catch (cause) {
    throw new CodedError('container-structure', { format: 'JWK', part: name }, { cause })
  }
  return readPrivateKey(pkcs8)
}
