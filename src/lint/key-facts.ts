import { TAG } from '../der/reader.ts'
import type { KeyType } from '../webcrypto/algorithms.ts'
import { curveText } from '../x509/curves.ts'
import { EKU_OIDS, KEY_OIDS, oidName, ALGORITHM_OIDS } from '../x509/oids.ts'
import type { Spki } from '../x509/spki.ts'
import type { KeyUsageBit } from '../x509/extensions/key-usage.ts'

/** The requirements of each kind of key and signature: parameters of its AlgorithmIdentifier, bits of keyUsage. */

type Parameters = 'NULL' | 'absent' | 'present'

/** RFC 4055 §5, RFC 5758 §3.2, RFC 8410 §3, RFC 9881 §2. */
export const SIGNATURE_PARAMETERS: Readonly<Record<string, Parameters>> = {
  [ALGORITHM_OIDS.md5WithRSAEncryption]: 'NULL',
  [ALGORITHM_OIDS.sha1WithRSAEncryption]: 'NULL',
  [ALGORITHM_OIDS.sha256WithRSAEncryption]: 'NULL',
  [ALGORITHM_OIDS.sha384WithRSAEncryption]: 'NULL',
  [ALGORITHM_OIDS.sha512WithRSAEncryption]: 'NULL',
  [ALGORITHM_OIDS.sha224WithRSAEncryption]: 'NULL',
  [KEY_OIDS.rsassaPss]: 'present',
  [ALGORITHM_OIDS['ecdsa-with-SHA1']]: 'absent',
  [ALGORITHM_OIDS['ecdsa-with-SHA224']]: 'absent',
  [ALGORITHM_OIDS['ecdsa-with-SHA256']]: 'absent',
  [ALGORITHM_OIDS['ecdsa-with-SHA384']]: 'absent',
  [ALGORITHM_OIDS['ecdsa-with-SHA512']]: 'absent',
  [KEY_OIDS.ed25519]: 'absent',
  [ALGORITHM_OIDS.Ed448]: 'absent',
  [KEY_OIDS['ml-dsa-44']]: 'absent',
  [KEY_OIDS['ml-dsa-65']]: 'absent',
  [KEY_OIDS['ml-dsa-87']]: 'absent',
}

/** RFC 3279 §2.3.1, RFC 5480 §2.1.1, RFC 8410 §3, RFC 9881 §4. */
export const KEY_PARAMETERS: Readonly<Record<string, Parameters>> = {
  [KEY_OIDS.rsaEncryption]: 'NULL',
  [KEY_OIDS.ecPublicKey]: 'present',
  [KEY_OIDS.ed25519]: 'absent',
  [ALGORITHM_OIDS.X25519]: 'absent',
  [ALGORITHM_OIDS.X448]: 'absent',
  [ALGORITHM_OIDS.Ed448]: 'absent',
  [KEY_OIDS['ml-dsa-44']]: 'absent',
  [KEY_OIDS['ml-dsa-65']]: 'absent',
  [KEY_OIDS['ml-dsa-87']]: 'absent',
}

/** Returns the breach of what `table` requires of the parameters of `oid`, if any. */
export function parametersFault(
  table: Readonly<Record<string, Parameters>>,
  oid: string,
  parameters: Uint8Array | null,
): readonly { oid: string; expected: Parameters }[] {
  const expected = table[oid]
  if (expected === undefined) return []
  const actual = parameters === null ? 'absent' : parameters[0] === TAG.NULL ? 'NULL' : 'present'
  return actual === expected ? [] : [{ oid, expected }]
}

const SIGNING_ONLY: readonly KeyUsageBit[] = [
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'encipherOnly',
  'decipherOnly',
]
/** RFC 8813 §3: an EC key agrees on keys and signs; it does not encipher. */
const EC: readonly KeyUsageBit[] = ['keyEncipherment', 'dataEncipherment']
/** RFC 3279 §2.3.1: an RSA key signs and enciphers; it does not agree on keys. */
const RSA: readonly KeyUsageBit[] = ['keyAgreement', 'encipherOnly', 'decipherOnly']

const FORBIDDEN: Readonly<Record<KeyType, readonly KeyUsageBit[]>> = {
  rsa: RSA,
  p256: EC,
  p384: EC,
  p521: EC,
  ed25519: SIGNING_ONLY,
  'ml-dsa-44': SIGNING_ONLY,
  'ml-dsa-65': SIGNING_ONLY,
  'ml-dsa-87': SIGNING_ONLY,
}

const AGREEING_ONLY: readonly KeyUsageBit[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyCertSign',
  'cRLSign',
]
const SIGNS: readonly KeyUsageBit[] = ['digitalSignature', 'nonRepudiation', 'keyCertSign', 'cRLSign']
const NOT_OAEP: readonly KeyUsageBit[] = [...SIGNS, ...RSA]
const NOT_KEM: readonly KeyUsageBit[] = [...NOT_OAEP, 'dataEncipherment']
/** Keys whose signatures cannot be checked here, by the OID of their algorithm (RFC 8410 §5, RFC 8813 §3). */
const FORBIDDEN_BY_OID: Readonly<Record<string, readonly KeyUsageBit[]>> = {
  [ALGORITHM_OIDS.X25519]: AGREEING_ONLY,
  [ALGORITHM_OIDS.X448]: AGREEING_ONLY,
  [ALGORITHM_OIDS.Ed448]: SIGNING_ONLY,
  [KEY_OIDS.ecPublicKey]: EC,
  // RFC 3279 §2.3.2, §2.3.3; RFC 4055 §4.1; RFC 9935 §5.
  [ALGORITHM_OIDS.DSA]: SIGNING_ONLY,
  [ALGORITHM_OIDS['Diffie-Hellman']]: AGREEING_ONLY,
  [ALGORITHM_OIDS['PKCS#3 Diffie-Hellman']]: AGREEING_ONLY,
  [ALGORITHM_OIDS['RSAES-OAEP']]: NOT_OAEP,
  [ALGORITHM_OIDS['ML-KEM-512']]: NOT_KEM,
  [ALGORITHM_OIDS['ML-KEM-768']]: NOT_KEM,
  [ALGORITHM_OIDS['ML-KEM-1024']]: NOT_KEM,
}

/** Returns the bits of keyUsage that this kind of key must not have. */
export const forbiddenBits = ({ keyType, algorithm }: Spki): readonly KeyUsageBit[] =>
  keyType ? FORBIDDEN[keyType] : (FORBIDDEN_BY_OID[algorithm.oid] ?? [])

/** Returns the name of a key's type: for an elliptic curve, the curve. */
export const keyTypeName = ({ keyType, algorithm: { oid, parameters } }: Spki): string =>
  oid === KEY_OIDS.ecPublicKey ? `ECDSA on ${curveText(parameters)}` : (keyType ?? oidName(oid) ?? oid)

/** §4.2.1.12: the bits of keyUsage that go with each purpose; one of them is enough. */
export const PURPOSE_BITS: Readonly<Record<string, { name: string; bits: readonly KeyUsageBit[] }>> = {
  [EKU_OIDS.serverAuth]: {
    name: 'serverAuth',
    bits: ['digitalSignature', 'keyEncipherment', 'keyAgreement'],
  },
  [EKU_OIDS.clientAuth]: { name: 'clientAuth', bits: ['digitalSignature', 'keyAgreement'] },
  [EKU_OIDS.codeSigning]: { name: 'codeSigning', bits: ['digitalSignature'] },
  [EKU_OIDS.emailProtection]: {
    name: 'emailProtection',
    bits: ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'keyAgreement'],
  },
  [EKU_OIDS.timeStamping]: { name: 'timeStamping', bits: ['digitalSignature', 'nonRepudiation'] },
  [EKU_OIDS.OCSPSigning]: { name: 'OCSPSigning', bits: ['digitalSignature', 'nonRepudiation'] },
}

export const ECDSA_SHA256 = ALGORITHM_OIDS['ecdsa-with-SHA256']
export const ECDSA_SHA512 = ALGORITHM_OIDS['ecdsa-with-SHA512']
