import { TAG, contextConstructed, contextPrimitive, parseWhole } from '../der/reader.ts'
import { integer, octetString, seq } from '../der/writer.ts'
import type { Der } from '../der/writer.ts'
import type { KeyType } from '../webcrypto/algorithms.ts'
import type { AlgorithmIdentifier } from './algorithm-identifier.ts'
import { KEY_OIDS } from './oids.ts'

/** OneAsymmetricKey (RFC 5958 §2), formerly PKCS#8; unencrypted. */
export interface PrivateKeyInfo {
  readonly der: Uint8Array
  readonly algorithm: AlgorithmIdentifier
  /** Content of the privateKey OCTET STRING, in the algorithm's own form. */
  readonly privateKey: Uint8Array
  /** Null if the algorithm or curve is unknown. */
  readonly keyType: KeyType | null
}

const CURVES: Readonly<Record<string, KeyType>> = {
  [KEY_OIDS.secp256r1]: 'p256',
  [KEY_OIDS.secp384r1]: 'p384',
  [KEY_OIDS.secp521r1]: 'p521',
}
const KEY_TYPES: Readonly<Record<string, KeyType>> = {
  [KEY_OIDS.rsaEncryption]: 'rsa',
  [KEY_OIDS.rsassaPss]: 'rsa',
  [KEY_OIDS.ed25519]: 'ed25519',
  [KEY_OIDS['ml-dsa-44']]: 'ml-dsa-44',
  [KEY_OIDS['ml-dsa-65']]: 'ml-dsa-65',
  [KEY_OIDS['ml-dsa-87']]: 'ml-dsa-87',
}

/**
 * Reads an unencrypted PKCS#8 key; throws CodedErrors of der/ if it is malformed. Attributes and a public key are
 * ignored.
 */
export function parsePrivateKeyInfo(der: Uint8Array): PrivateKeyInfo {
  return parseWhole(der, (whole) => {
    const reader = whole.sequence()
    reader.smallInteger()
    const start = reader.offset
    const fields = reader.sequence()
    const oid = fields.oid()
    const parameters = fields.atEnd ? null : fields.element()
    fields.finish()
    const algorithm: AlgorithmIdentifier = { der: reader.since(start), oid, parameters }
    const privateKey = reader.octetString()
    reader.optional(contextConstructed(0))
    if (reader.peekTag() === contextPrimitive(1)) reader.skip()
    reader.finish()
    return { der, algorithm, privateKey, keyType: keyTypeOf(oid, parameters) }
  })
}

function keyTypeOf(oid: string, parameters: Uint8Array | null): KeyType | null {
  if (oid !== KEY_OIDS.ecPublicKey) return KEY_TYPES[oid] ?? null
  return parameters?.[0] === TAG.OID
    ? (CURVES[parseWhole(parameters, (reader) => reader.oid())] ?? null)
    : null
}

/** Returns an unencrypted PKCS#8 key around a private key in its algorithm's own form. */
export const encodePrivateKeyInfo = (algorithm: Uint8Array, privateKey: Uint8Array): Der =>
  seq(integer(0), algorithm, octetString(privateKey))
