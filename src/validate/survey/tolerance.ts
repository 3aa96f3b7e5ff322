import type { Finding, FindingCode } from '../../findings.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { PathCertificate, PathReport, Report } from '../report.ts'
import type { Program, Says } from './programs.ts'

/** A finding that refuses a path here, with its place. */
export interface Placed {
  readonly finding: Finding
  readonly certificate: Certificate
  readonly place: PathCertificate['place']
  readonly path: PathReport
  readonly report: Report
}

/** Keys of the messages; never change. */
export type ToleranceCode =
  | 'anchor-is-name-and-key'
  | 'expired-anchor-near'
  | 'critical-in-anchor'
  | 'usage-of-anchor'
  | 'usage-not-nested'
  | 'usage-of-tls-is-one'
  | 'key-identifier-is-hint'
  | 'common-name-counts'
  | 'name-asked-elsewhere'
  | 'name-kind-not-asked'
  | 'policies-only-when-asked'
  | 'directory-constraints-not-judged'
  | 'key-usage-of-target-not-asked'
  | 'sha1-taken'
  | 'sha1-of-private-roots'
  | 'negative-serial'
  | 'binds-the-issuer'
  | 'no-revocation'
  | 'revocation-apart'
  | 'responses-not-taken'
  | 'pin-is-ours'
  | 'form-differs'
  | 'day-of-grace'
  | 'key-usage-of-none'
  | 'policies-not-judged'
  | 'wildcard-not-within'
  | 'mailbox-in-any-case'
  | 'address-families-apart'

/** A case in which a program accepts what we refuse. The first match counts. */
export interface Tolerance {
  readonly code: ToleranceCode
  readonly programs: readonly Program[]
  /** The findings of ours that it concerns. */
  readonly of: readonly FindingCode[]
  /** Absent: always. */
  readonly meets?: (placed: Placed) => boolean
  readonly says: Says
  readonly source: string
}
