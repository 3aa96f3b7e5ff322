import type { FindingCode, FindingDetails } from '../../findings.ts'
import type { CertificateList } from '../../x509/certificate-list.ts'

/**
 * One requirement for a revocation list. `check` returns the detail of each breach; pure, and at most linear in the
 * list.
 */
export interface ListRule<C extends FindingCode> {
  readonly code: C
  readonly check: (list: CertificateList) => readonly FindingDetails[C][]
}

export type AnyListRule = { [C in FindingCode]: ListRule<C> }[FindingCode]

/** A rule of one code, typed by it. */
export const rule = <C extends FindingCode>(code: C, check: ListRule<C>['check']): ListRule<C> => ({
  code,
  check,
})
