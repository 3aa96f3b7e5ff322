import { TAG, contextConstructed, contextPrimitive, parseWhole } from '../der/reader.ts'
import { integer, octetString, seq } from '../der/writer.ts'
import type { Der } from '../der/writer.ts'
import type { KeyType } from '../webcrypto/algorithms.ts'
import type { AlgorithmIdentifier } from './algorithm-identifier.ts'
import { KEY_OIDS } from './oids.ts'

/** OneAsymmetricKey (RFC 5958 §2), PKCS#8 by its older name; plain. */
export interface PrivateKeyInfo {
  readonly der: Uint8Array
  readonly algorithm: AlgorithmIdentifier
  /** Content of the privateKey OCTET STRING: its form is the algorithm's own. */
  readonly privateKey: Uint8Array
  /** Null where the algorithm or curve is none we know. */
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

/** Reads a plain PKCS#8 key; throws CodedErrors of der/ where it is none. Attributes and a public key are passed over. */
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

/** A plain PKCS#8 key around a private key in its algorithm's own form. */
export const encodePrivateKeyInfo = (algorithm: Uint8Array, privateKey: Uint8Array): Der =>
  seq(integer(0), algorithm, octetString(privateKey))
