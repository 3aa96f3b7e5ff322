import type { CertificationRequest } from '../../x509/request.ts'
import type { StoredRequest } from '../records/request-records.ts'

/** A request whose key is certified, and which of its extensions are taken, by OID. */
export interface Certifying {
  readonly request: CertificationRequest
  readonly take: readonly string[]
  /** Null if it is not stored yet. */
  readonly stored: StoredRequest | null
  /** False if no name or extension could be typed: whatever the profile does not set then comes from the request. */
  readonly typed?: boolean
  /** True if a name was confirmed in place of one that could not be taken. */
  readonly renamed?: boolean
}
