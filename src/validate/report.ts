import type { Finding } from '../findings.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { Spent } from './budget.ts'
import type { ValidateOptions } from './options.ts'
import type { Outcome } from './outcome.ts'

/**
 * `valid-with-faults`: valid, and something in it breaks a MUST or is known to be refused elsewhere; `exhausted`: the limits ended
 * the search before a valid path was found.
 */
export type Verdict = 'valid' | 'valid-with-faults' | 'invalid' | 'unchecked' | 'exhausted'

/** Whether a path with this verdict proves what was asked. */
export const isValid = (verdict: Verdict): boolean => verdict === 'valid' || verdict === 'valid-with-faults'

/** One rule on one certificate, as the step itself reports it. */
export interface RuleRow extends Outcome {
  /** The step's name; never changes. */
  readonly step: string
  readonly section: string
  /** Of the findings, those that refuse the path under the profile asked for. */
  readonly refused: boolean
}

export interface PathCertificate {
  readonly certificate: Certificate
  readonly from: 'trust' | 'sent'
  readonly place: 'anchor' | 'ca' | 'target'
  /** What §6 and the caller ask, in the order of the RFC. */
  readonly rows: readonly RuleRow[]
  /** What was found while it was read, and what the profile demands of the certificate itself. */
  readonly demands: readonly RuleRow[]
  /** All findings of both. */
  readonly findings: readonly Finding[]
  /** Those of them that refuse the path. */
  readonly refusals: readonly Finding[]
  /** Those that break a MUST and do not refuse it; only `standard` makes the difference. */
  readonly faults: readonly Finding[]
  /** Whether some row could not be decided, here or within the budget. */
  readonly undecided: 'unchecked' | 'exhausted' | null
}

export interface PathReport {
  readonly verdict: Verdict
  /** Whether it reaches a trust anchor. */
  readonly complete: boolean
  /** Anchor (or as far as it got) first, target last. */
  readonly certificates: readonly PathCertificate[]
}

/** JSON-able but for the bytes in the certificates and the dates. */
export interface Report {
  readonly schema: 2
  readonly engine: string
  readonly verdict: Verdict
  /** Index in `paths` of the one to show: the one that stands, or comes nearest; −1 if there is none. */
  readonly best: number
  /** In the order tried. */
  readonly paths: readonly PathReport[]
  readonly spent: Spent
  readonly options: ValidateOptions
}
