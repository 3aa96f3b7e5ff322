import type { Finding } from '../../findings.ts'
import type { PreparedFieldView, PreparedView } from '../views.ts'

/** `renewed` replaces the old one; the other two link a root's old and new key (RFC 4210 §4.4). */
export type RenewalRole = 'renewed' | 'old-with-new' | 'new-with-old'

/** One certificate that would be signed. */
export interface RenewalPart extends Pick<PreparedView, 'errors' | 'warnings' | 'name' | 'issuerName'> {
  readonly role: RenewalRole
  readonly fields: readonly PreparedFieldView[]
  readonly findings: readonly Finding[]
  readonly notBefore: Date
  readonly notAfter: Date
}
