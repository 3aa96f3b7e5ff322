import { TAG, contextConstructed, parseWhole } from '../der/reader.ts'
import { bitString, explicit, integer, nul, octetString, oid, seq, type Der } from '../der/writer.ts'
import { CodedError } from '../errors.ts'
import { EC_OCTETS, type KeyType } from '../webcrypto/algorithms.ts'
import { pkcs8OfJwk, publicHalf } from '../webcrypto/public-half.ts'
import type { AlgorithmIdentifier } from '../x509/algorithm-identifier.ts'
import { oidName, KEY_OIDS } from '../x509/oids.ts'
import { encodePrivateKeyInfo, parsePrivateKeyInfo } from '../x509/private-key-info.ts'
import type { Spki } from '../x509/spki.ts'
import { curveRefused, mlDsaSeed, plainRsaKey } from './key-forms.ts'

const RSA = KEY_OIDS.rsaEncryption
const RSA_PSS = KEY_OIDS.rsassaPss
const EC = KEY_OIDS.ecPublicKey
const RSA_ALGORITHM = seq(oid(RSA), nul())

/** A private key from outside, normalized: the form that WebCrypto takes, and its public key. */
export interface PrivateKey {
  readonly keyType: KeyType
  /** Unencrypted PKCS#8: version 0, no attributes, rsaEncryption for every RSA key, ML-DSA as its seed. */
  readonly pkcs8: Uint8Array
  /** SubjectPublicKeyInfo; for an id-RSASSA-PSS key with that algorithm and its parameters. */
  readonly spki: Uint8Array
}

/** Display names of algorithms that cannot be used here, in addition to those named elsewhere. */
const OTHERS: Record<string, string> = {
  '1.2.840.113549.1.3.1': 'Diffie-Hellman',
  '1.2.643.2.2.19': 'GOST R 34.10-2001',
  '1.2.643.7.1.1.1.1': 'GOST R 34.10-2012 (256 bits)',
  '1.2.643.7.1.1.1.2': 'GOST R 34.10-2012 (512 bits)',
  '2.16.840.1.101.3.4.4.1': 'ML-KEM-512',
  '2.16.840.1.101.3.4.4.2': 'ML-KEM-768',
  '2.16.840.1.101.3.4.4.3': 'ML-KEM-1024',
}

/**
 * Parses PKCS#8 (RFC 5958), RSAPrivateKey (RFC 8017 §A.1.2) or ECPrivateKey (RFC 5915); `curve`: ECParameters found
 * next to it, for a key that names none. Throws key-algorithm-unknown, key-curve-explicit, key-curve-missing,
 * key-multi-prime, key-expanded-only, key-public-half-missing if the engine refuses the key, and der-* errors.
 */
export async function readPrivateKey(der: Uint8Array, curve: Uint8Array | null = null): Promise<PrivateKey> {
  const info = parsePrivateKeyInfo(toPkcs8(der, curve))
  const { keyType, algorithm } = info
  if (!keyType) {
    if (algorithm.oid === EC) throw curveRefused(algorithm.parameters)
    throw new CodedError('key-algorithm-unknown', {
      algorithm: OTHERS[algorithm.oid] ?? oidName(algorithm.oid) ?? `the object identifier ${algorithm.oid}`,
    })
  }
  const key = keyMaterial(keyType, info.privateKey)
  const pkcs8 = encodePrivateKeyInfo(keyType === 'rsa' ? RSA_ALGORITHM : algorithm.der, key)
  if (keyType === 'rsa') return { keyType, pkcs8, spki: rsaSpki(algorithm, key) }
  return { keyType, pkcs8, spki: await publicHalfOf(keyType, pkcs8) }
}

function keyMaterial(keyType: KeyType, privateKey: Uint8Array): Uint8Array {
  if (keyType === 'rsa') return plainRsaKey(privateKey)
  return keyType.startsWith('ml-dsa') ? mlDsaSeed(keyType, privateKey) : privateKey
}

async function publicHalfOf(keyType: KeyType, pkcs8: Uint8Array): Promise<Uint8Array> {
  try {
    return await publicHalf(keyType, pkcs8)
  } catch (cause) {
    throw new CodedError('key-public-half-missing', { algorithm: keyType }, { cause })
  }
}

function rsaSpki(algorithm: AlgorithmIdentifier, privateKey: Uint8Array): Der {
  const [modulus, exponent] = parseWhole(privateKey, (reader) => {
    const fields = reader.sequence()
    fields.smallInteger()
    const both = [fields.integer(), fields.integer()] as const
    fields.offset = fields.end
    return both
  })
  const publicKey = seq(integer(modulus), integer(exponent))
  return seq(algorithm.oid === RSA_PSS ? algorithm.der : RSA_ALGORITHM, bitString(publicKey))
}

/** Returns PKCS#8 unchanged; wraps the traditional forms with an AlgorithmIdentifier. */
function toPkcs8(der: Uint8Array, curve: Uint8Array | null): Uint8Array {
  return parseWhole(der, (reader) => {
    const fields = reader.sequence()
    fields.content(TAG.INTEGER)
    const next = fields.peekTag()
    fields.offset = fields.end
    if (next === TAG.INTEGER) return encodePrivateKeyInfo(RSA_ALGORITHM, der)
    return next === TAG.OCTET_STRING ? wrapEcPrivateKey(der, curve) : der
  })
}

/** ECPrivateKey (RFC 5915 §3): the curve moves to the AlgorithmIdentifier, the public key is kept. */
function wrapEcPrivateKey(der: Uint8Array, beside: Uint8Array | null): Der {
  return parseWhole(der, (reader) => {
    const fields = reader.sequence()
    fields.smallInteger()
    const d = fields.octetString()
    const curve = fields.optional(contextConstructed(0))?.element() ?? beside
    const publicKey = fields.optional(contextConstructed(1))?.element()
    fields.finish()
    if (curve?.[0] !== TAG.OID) throw curveRefused(curve)
    const key = seq(integer(1), octetString(d), ...(publicKey ? [explicit(1, publicKey)] : []))
    return encodePrivateKeyInfo(seq(oid(EC), curve), key)
  })
}

/**
 * Returns an unencrypted PKCS#8 key to match its certificate: for an id-RSASSA-PSS certificate, with that algorithm and
 * its parameters (RFC 4055 §1.2), or OpenSSL says that the two do not belong together. Other keys are unchanged.
 */
export function asCertified({ spki }: { spki: Spki }, pkcs8: Uint8Array): Uint8Array {
  if (spki.algorithm.oid !== RSA_PSS) return pkcs8
  return encodePrivateKeyInfo(spki.algorithm.der, parsePrivateKeyInfo(pkcs8).privateKey)
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

/**
 * Converts a private JWK (RFC 7517; RFC 9964 for ML-DSA). Throws key-algorithm-unknown if its type is unknown or its
 * members do not fit.
 */
export async function readPrivateJwk(jwk: JsonWebKey): Promise<PrivateKey> {
  const name = String(jwk.kty === 'AKP' ? jwk.alg : (jwk.crv ?? jwk.kty))
  const keyType = jwk.kty === 'RSA' ? 'rsa' : JWK_TYPES[name]
  if (!keyType) throw new CodedError('key-algorithm-unknown', { algorithm: name.slice(0, 40) })
  const octets = EC_OCTETS[keyType]
  // RFC 7518 §6.2.1.2: coordinates and d have their full length; not every engine checks.
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
