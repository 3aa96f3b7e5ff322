import type { AccessDescription } from './access-description.ts'
import type { AuthorityKeyIdentifier } from './authority-key-identifier.ts'
import type { BasicConstraints } from './basic-constraints.ts'
import type { PolicyInformation } from './certificate-policies.ts'
import type { DistributionPoint } from './distribution-points.ts'
import type { KeyUsageBit } from './key-usage.ts'
import type { MicrosoftTemplate } from './microsoft-template.ts'
import type { NameConstraints } from './name-constraints.ts'
import type { NetscapeCertTypeBit } from './netscape.ts'
import type { PolicyConstraints } from './policy-constraints.ts'
import type { PolicyMapping } from './policy-mappings.ts'
import type { DirectoryAttribute } from './subject-directory-attributes.ts'
import type { GeneralName } from '../general-name.ts'
import type { TimestampList } from './signed-timestamps.ts'

/** The typed value of every certificate extension we read, by the RFC's name for it. */
export interface ExtensionValues {
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier
  readonly subjectKeyIdentifier: Uint8Array
  readonly keyUsage: ReadonlySet<KeyUsageBit>
  readonly certificatePolicies: readonly PolicyInformation[]
  readonly policyMappings: readonly PolicyMapping[]
  readonly subjectAltName: readonly GeneralName[]
  readonly issuerAltName: readonly GeneralName[]
  readonly subjectDirectoryAttributes: readonly DirectoryAttribute[]
  readonly basicConstraints: BasicConstraints
  readonly nameConstraints: NameConstraints
  readonly policyConstraints: PolicyConstraints
  readonly extKeyUsage: readonly string[]
  readonly cRLDistributionPoints: readonly DistributionPoint[]
  readonly inhibitAnyPolicy: number
  readonly freshestCRL: readonly DistributionPoint[]
  readonly authorityInfoAccess: readonly AccessDescription[]
  readonly subjectInfoAccess: readonly AccessDescription[]
  readonly tlsFeature: readonly number[]
  /** The TLS-encoded SignedCertificateTimestampList (RFC 6962 §3.3), not parsed. */
  readonly signedCertificateTimestamps: TimestampList
  readonly precertificatePoison: true
  readonly ocspNoCheck: true
  readonly noRevAvail: true
  readonly netscapeCertType: ReadonlySet<NetscapeCertTypeBit>
  readonly netscapeComment: string
  readonly microsoftTemplate: MicrosoftTemplate
  readonly microsoftTemplateName: string
}

/** Every extension by name, null if absent or unreadable. */
export type CertificateExtensions = { readonly [K in keyof ExtensionValues]: ExtensionValues[K] | null }

export type ExtensionName = keyof ExtensionValues

/** One Extension as encoded; `value` is the content of extnValue, `offset` where that content begins. */
export interface Extension {
  readonly oid: string
  readonly critical: boolean
  readonly value: Uint8Array
  readonly offset: number
}
