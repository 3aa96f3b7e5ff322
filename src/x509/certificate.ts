import type { TimeType } from '../der/time.ts'
import type { Finding } from '../findings.ts'
import type { AlgorithmIdentifier } from './algorithm-identifier.ts'
import type { Extension, ExtensionValues } from './extensions/values.ts'
import type { Name } from './name.ts'
import type { Spki } from './spki.ts'

/** What RFC 5280 §4.1.1 signs: `tbs` is exactly the octets under the signature. */
export interface Signed {
  readonly der: Uint8Array
  readonly tbs: Uint8Array
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signatureValue: Uint8Array
}

/** A certificate (RFC 5280 §4.1): its fields, and every extension we know by name, null where absent or unreadable. */
export interface Certificate extends Signed, CertificateExtensions {
  /** The same octets as `tbs`, under the RFC's name. */
  readonly tbsCertificate: Uint8Array
  readonly version: 1 | 2 | 3
  /** Content of the INTEGER: two's complement, as it stands. */
  readonly serialNumber: Uint8Array
  /** The inner algorithm, under the signature; `signatureAlgorithm` is the outer one. */
  readonly signature: AlgorithmIdentifier
  readonly issuer: Name
  readonly notBefore: Date
  readonly notAfter: Date
  readonly timeTypes: { readonly notBefore: TimeType; readonly notAfter: TimeType }
  readonly subject: Name
  readonly spki: Spki
  readonly issuerUniqueID: Uint8Array | null
  readonly subjectUniqueID: Uint8Array | null
  readonly extensions: readonly Extension[]
  readonly findings: readonly Finding[]
}

export type CertificateExtensions = { readonly [K in keyof ExtensionValues]: ExtensionValues[K] | null }
