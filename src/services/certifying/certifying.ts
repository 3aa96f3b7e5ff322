import type { CertificationRequest } from '../../x509/request.ts'
import type { StoredRequest } from '../records/request-records.ts'

/** A request whose key is certified, and which of its extensions are taken, by OID. */
export interface Certifying {
  readonly request: CertificationRequest
  readonly take: readonly string[]
  /** Null for one that is not stored yet. */
  readonly stored: StoredRequest | null
  /** False where nobody could type a name or an extension: what is not the profile's then comes from the request. */
  readonly typed?: boolean
  /** True where a name was confirmed in place of one that could not be taken. */
  readonly renamed?: boolean
}
