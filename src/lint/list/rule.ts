import type { FindingCode, FindingDetails } from '../../findings.ts'
import type { CertificateList } from '../../x509/certificate-list.ts'

/** One demand on one revocation list. `check` returns the detail of each breach; pure, and linear in the list at most. */
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
