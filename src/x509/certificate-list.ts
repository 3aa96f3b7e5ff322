import type { TimeType } from '../der/time.ts'
import type { Finding } from '../findings.ts'
import type { AlgorithmIdentifier } from './algorithm-identifier.ts'
import type { Signed } from './certificate.ts'
import type { AuthorityKeyIdentifier } from './extensions/authority-key-identifier.ts'
import type { AccessDescription } from './extensions/access-description.ts'
import type { DistributionPoint } from './extensions/distribution-points.ts'
import type { IssuingDistributionPoint } from './extensions/issuing-distribution-point.ts'
import type { Extension } from './extensions/values.ts'
import type { GeneralName } from './general-name.ts'
import type { Name } from './name.ts'
import type { RevokedCertificates } from './revoked-certificates.ts'

/** A certificate revocation list (RFC 5280 §5.1): its fields, and every extension of §5.2, null where absent. */
export interface CertificateList extends Signed, CrlExtensions {
  readonly version: 1 | 2
  /** The inner algorithm, under the signature. */
  readonly signature: AlgorithmIdentifier
  readonly issuer: Name
  readonly thisUpdate: Date
  readonly nextUpdate: Date | null
  readonly timeTypes: { readonly thisUpdate: TimeType; readonly nextUpdate: TimeType | null }
  readonly revokedCertificates: RevokedCertificates
  readonly extensions: readonly Extension[]
  readonly findings: readonly Finding[]
}

export interface CrlExtensionValues {
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier
  readonly issuerAltName: readonly GeneralName[]
  /** Content of the INTEGER, as is that of the base's number. */
  readonly cRLNumber: Uint8Array
  readonly deltaCRLIndicator: Uint8Array
  readonly issuingDistributionPoint: IssuingDistributionPoint
  readonly freshestCRL: readonly DistributionPoint[]
  readonly authorityInfoAccess: readonly AccessDescription[]
}

export type CrlExtensions = { readonly [K in keyof CrlExtensionValues]: CrlExtensionValues[K] | null }
