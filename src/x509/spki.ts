import type { KeyType, SignatureScheme } from '../webcrypto/algorithms.ts'
import type { AlgorithmIdentifier } from './algorithm-identifier.ts'

/** SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
export interface Spki {
  readonly der: Uint8Array
  readonly algorithm: AlgorithmIdentifier
  /** Content of the BIT STRING without the unused-bits octet. */
  readonly publicKey: Uint8Array
  /** Null where the algorithm or curve is none we know, or the key does not have its shape. */
  readonly keyType: KeyType | null
  readonly rsa: RsaPublicKey | null
  /** The restriction an id-RSASSA-PSS key carries itself (RFC 4055 §3.3), null where none. */
  readonly pss: Extract<SignatureScheme, { kind: 'rsa-pss' }> | null
}

export interface RsaPublicKey {
  readonly modulusBits: number
  readonly modulus: Uint8Array
  readonly exponent: bigint
}
