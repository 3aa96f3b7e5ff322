import type { AlgorithmIdentifier } from './algorithm-identifier.ts'
import type { Signed } from './certificate.ts'
import type { Extension } from './extensions/values.ts'
import type { Name } from './name.ts'
import type { CrlReason } from './revoked-entry.ts'

/** OCSPResponseStatus (RFC 6960 §4.2.1), by its number; 4 is not used. */
export const OCSP_RESPONSE_STATUSES = [
  'successful',
  'malformedRequest',
  'internalError',
  'tryLater',
  'unused',
  'sigRequired',
  'unauthorized',
] as const
export type OcspResponseStatus = Exclude<(typeof OCSP_RESPONSE_STATUSES)[number], 'unused'>

/** An OCSPResponse (RFC 6960 §4.2.1); `basic` is null unless it is successful. */
export interface OcspResponse {
  readonly der: Uint8Array
  readonly responseStatus: OcspResponseStatus
  readonly basic: BasicOcspResponse | null
}

/** A BasicOCSPResponse (RFC 6960 §4.2.1); `tbs` is the ResponseData. */
export interface BasicOcspResponse extends Signed {
  readonly responderId: ResponderId
  readonly producedAt: Date
  readonly responses: readonly SingleResponse[]
  readonly responseExtensions: readonly Extension[]
  /** DER of each certificate sent along. */
  readonly certs: readonly Uint8Array[]
}

export type ResponderId =
  | { readonly kind: 'byName'; readonly name: Name }
  | { readonly kind: 'byKey'; /** SHA-1 of the responder's public key. */ readonly keyHash: Uint8Array }

/** CertID (RFC 6960 §4.1.1): which certificate is meant. */
export interface CertId {
  readonly hashAlgorithm: AlgorithmIdentifier
  readonly issuerNameHash: Uint8Array
  readonly issuerKeyHash: Uint8Array
  /** Content of the INTEGER. */
  readonly serialNumber: Uint8Array
}

export interface SingleResponse {
  readonly certId: CertId
  readonly certStatus: CertStatus
  readonly thisUpdate: Date
  readonly nextUpdate: Date | null
  readonly singleExtensions: readonly Extension[]
}

export type CertStatus =
  | { readonly status: 'good' | 'unknown' }
  | { readonly status: 'revoked'; readonly revocationTime: Date; readonly revocationReason: CrlReason | null }
