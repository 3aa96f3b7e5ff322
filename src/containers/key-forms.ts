/** Forms of private keys that occur but differ from the current standard: normalized, or named in an error. */
import { TAG, contextPrimitive, parseWhole, type Reader } from '../der/reader.ts'
import { seq, tlv, type Der } from '../der/writer.ts'
import { CodedError } from '../errors.ts'
import type { KeyType } from '../webcrypto/algorithms.ts'
import { OTHER_CURVES, spelledCurve } from '../x509/curves.ts'

/** Why an EC key on this curve cannot be used: `parameters` are ECParameters (RFC 5480 §2.1.1), or nothing. */
export function curveRefused(parameters: Uint8Array | null): CodedError {
  if (!parameters) return new CodedError('key-curve-missing', null)
  if (parameters[0] === TAG.OID) {
    const curve = parseWhole(parameters, (reader) => reader.oid())
    return new CodedError('key-algorithm-unknown', {
      algorithm: `ECDSA on ${OTHER_CURVES[curve] ?? `the curve with the object identifier ${curve}`}`,
    })
  }
  const name = parameters[0] === TAG.SEQUENCE ? spelledCurve(parameters) : null
  return name === null
    ? new CodedError('key-algorithm-unknown', { algorithm: 'ECDSA on a curve that has no name here' })
    : new CodedError('key-curve-explicit', { curve: name })
}

/**
 * Returns RSAPrivateKey (RFC 8017 §A.1.2) with its INTEGERs in their shortest form: some tools pad them, and OpenSSL
 * accepts that. Throws key-multi-prime.
 */
export function plainRsaKey(privateKey: Uint8Array): Der {
  return parseWhole(privateKey, (reader) => {
    const fields = reader.sequence()
    const integers: Uint8Array[] = []
    while (!fields.atEnd && fields.peekTag() === TAG.INTEGER) integers.push(fields.content(TAG.INTEGER))
    if (integers[0]?.at(-1) === 1 && !fields.atEnd) throw new CodedError('key-multi-prime', null)
    fields.finish()
    if (integers.length !== 9)
      throw new CodedError('container-structure', { format: 'RSA key', part: 'RSAPrivateKey' })
    return seq(...integers.map((content) => tlv(TAG.INTEGER, shortest(content))))
  })
}

/** X.690 §8.3.2: the first nine bits must not all be the same; only leading zeros are removed. */
function shortest(content: Uint8Array): Uint8Array {
  let from = 0
  while (from + 1 < content.length && content[from] === 0 && content[from + 1]! < 0x80) from++
  return content.subarray(from)
}

/** Octets of the expanded form, and of tools that append the public key. */
const EXPANDED: Partial<Record<KeyType, readonly number[]>> = {
  'ml-dsa-44': [2560, 2560 + 1312],
  'ml-dsa-65': [4032, 4032 + 1952],
  'ml-dsa-87': [4896, 4896 + 2592],
}

/** ML-DSA-PrivateKey (RFC 9881 §6): [0] seed, an expanded key, or both; only a form with the seed can be used. */
export function mlDsaSeed(keyType: KeyType, privateKey: Uint8Array): Uint8Array {
  const expanded = (): CodedError => new CodedError('key-expanded-only', { algorithm: keyType.toUpperCase() })
  // Tools from before the RFC wrote the octets without a wrapper.
  if (EXPANDED[keyType]?.includes(privateKey.length)) throw expanded()
  return parseWhole(privateKey, (reader: Reader) => {
    if (reader.peekTag() === TAG.OCTET_STRING) throw expanded()
    if (reader.peekTag() !== TAG.SEQUENCE) return reader.element(contextPrimitive(0))
    const both = reader.sequence()
    const seed = both.octetString()
    both.octetString()
    both.finish()
    return tlv(contextPrimitive(0), seed)
  })
}
