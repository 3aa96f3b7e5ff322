/** Forms of private keys that are met and are not as the standard of today has them: made so, or named. */
import { TAG, contextPrimitive, parseWhole, type Reader } from '../der/reader.ts'
import { seq, tlv, type Der } from '../der/writer.ts'
import { CodedError } from '../errors.ts'
import type { KeyType } from '../webcrypto/algorithms.ts'
import { hexOf } from '../x509/octets.ts'

/** Named curves that people have keys on and that cannot be used here. */
const OTHER_CURVES: Readonly<Record<string, string>> = {
  '1.2.840.10045.3.1.1': 'P-192',
  '1.3.132.0.33': 'P-224',
  '1.3.132.0.10': 'secp256k1',
  '1.3.36.3.3.2.8.1.1.3': 'brainpoolP192r1',
  '1.3.36.3.3.2.8.1.1.5': 'brainpoolP224r1',
  '1.3.36.3.3.2.8.1.1.7': 'brainpoolP256r1',
  '1.3.36.3.3.2.8.1.1.9': 'brainpoolP320r1',
  '1.3.36.3.3.2.8.1.1.11': 'brainpoolP384r1',
  '1.3.36.3.3.2.8.1.1.13': 'brainpoolP512r1',
  '1.2.156.10197.1.301': 'SM2',
}

/** FIPS 186-4 App. D.1.2: the order of the base point and the coefficient b, which tell a curve from all others. */
const SPELLED_CURVES: readonly { name: string; order: string; b: string }[] = [
  {
    name: 'P-256',
    order: 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
    b: '5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b',
  },
  {
    name: 'P-384',
    order: 'ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
    b: 'b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef',
  },
  {
    name: 'P-521',
    order:
      '01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409',
    b: '0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00',
  },
]

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

/** The curve that SpecifiedECDomain (X9.62; SEC 1 §C.2) spells out, where it is one of ours. */
function spelledCurve(parameters: Uint8Array): string | null {
  const { order, b } = parseWhole(parameters, (reader) => {
    const fields = reader.sequence()
    fields.smallInteger()
    fields.skip()
    const curve = fields.sequence()
    curve.skip()
    const b = hexOf(curve.octetString())
    fields.skip()
    const order = hexOf(fields.integer())
    fields.offset = fields.end
    return { order, b }
  })
  const same = (these: string, those: string): boolean =>
    these.replace(/^0+/, '') === those.replace(/^0+/, '')
  return SPELLED_CURVES.find((curve) => same(curve.order, order) && same(curve.b, b))?.name ?? null
}

/**
 * RSAPrivateKey (RFC 8017 §A.1.2) with its INTEGERs in their shortest form: some tools pad them, and OpenSSL reads
 * that. Throws key-multi-prime.
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

/** X.690 §8.3.2: nine leading bits are not all the same; only zeros are taken away. */
function shortest(content: Uint8Array): Uint8Array {
  let from = 0
  while (from + 1 < content.length && content[from] === 0 && content[from + 1]! < 0x80) from++
  return content.subarray(from)
}

/** Octets of the expanded form, and of those tools that put the public key behind it. */
const EXPANDED: Partial<Record<KeyType, readonly number[]>> = {
  'ml-dsa-44': [2560, 2560 + 1312],
  'ml-dsa-65': [4032, 4032 + 1952],
  'ml-dsa-87': [4896, 4896 + 2592],
}

/** ML-DSA-PrivateKey (RFC 9881 §6): [0] seed, an expanded key, or both; the seed alone makes the key. */
export function mlDsaSeed(keyType: KeyType, privateKey: Uint8Array): Uint8Array {
  const expanded = (): CodedError => new CodedError('key-expanded-only', { algorithm: keyType.toUpperCase() })
  // Before the RFC there were tools that wrote the octets with nothing around them.
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
