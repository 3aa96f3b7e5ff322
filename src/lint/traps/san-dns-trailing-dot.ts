import { dnsNames } from '../general-names.ts'
import type { Rule } from '../rule.ts'

/** A dNSName has no trailing dot: the preferred name syntax has none, and matching never strips it. */
export const sanDnsTrailingDot: Rule<'san-dns-trailing-dot'> = {
  code: 'san-dns-trailing-dot',
  applies: ({ subjectAltName }) => subjectAltName !== null,
  check: ({ subjectAltName }) =>
    dnsNames(subjectAltName)
      .filter((name) => name.endsWith('.'))
      .map((name) => ({ name })),
}
