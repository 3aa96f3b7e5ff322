import type { AuthorityRecord, CertificateRecord } from '../../vault/shapes.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { KnownAuthority } from './issuers.ts'

export interface DraftAuthority extends KnownAuthority {
  value: AuthorityRecord
  state: 'same' | 'changed' | 'new'
  /** Whether it could sign before this change. */
  readonly hadKey: boolean
}

/** Another certificate of a CA, which may become the one it issues with. */
export interface Candidate {
  readonly authorityId: string
  readonly certificateId: string
  readonly withKey: boolean
  /** The one it issued with before. */
  readonly former: string
}

export interface DraftCertificate {
  readonly certificate: Certificate
  value: CertificateRecord
  state: 'same' | 'changed' | 'new'
}
