import type { Finding } from '../findings.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { Spent } from './budget.ts'
import type { ValidateOptions } from './options.ts'
import type { Outcome } from './outcome.ts'

/**
 * `valid-with-faults`: valid, but something in it breaks a MUST or is known to be refused elsewhere; `exhausted`: a
 * limit ended the search before a valid path was found.
 */
export type Verdict = 'valid' | 'valid-with-faults' | 'invalid' | 'unchecked' | 'exhausted'

/** Whether this verdict counts as valid. */
export const isValid = (verdict: Verdict): boolean => verdict === 'valid' || verdict === 'valid-with-faults'

/** One rule on one certificate, as reported by the step. */
export interface RuleRow extends Outcome {
  /** The step's name; never changes. */
  readonly step: string
  readonly section: string
  /** The findings that refuse the path under the chosen profile. */
  readonly refused: boolean
}

export interface PathCertificate {
  readonly certificate: Certificate
  readonly from: 'trust' | 'sent'
  readonly place: 'anchor' | 'ca' | 'target'
  /** Checks from §6 and the caller, in the order of the RFC. */
  readonly rows: readonly RuleRow[]
  /** Findings of parsing, and the profile's demands on the certificate itself. */
  readonly demands: readonly RuleRow[]
  /** All findings of both. */
  readonly findings: readonly Finding[]
  /** The findings that refuse the path. */
  readonly refusals: readonly Finding[]
  /** The findings that break a MUST and do not refuse the path; only `standard` makes this distinction. */
  readonly faults: readonly Finding[]
  /** Whether some row could not be decided, here or within the budget. */
  readonly undecided: 'unchecked' | 'exhausted' | null
}

export interface PathReport {
  readonly verdict: Verdict
  /** Whether it reaches a trust anchor. */
  readonly complete: boolean
  /** Anchor (or the highest certificate reached) first, target last. */
  readonly certificates: readonly PathCertificate[]
}

/** JSON-able except for the bytes in the certificates and the dates. */
export interface Report {
  readonly schema: 2
  readonly engine: string
  readonly verdict: Verdict
  /** Index in `paths` of the one to show: the valid one, or the closest to valid; −1 if there is none. */
  readonly best: number
  /** In the order tried. */
  readonly paths: readonly PathReport[]
  readonly spent: Spent
  readonly options: ValidateOptions
}
