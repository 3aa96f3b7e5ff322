import { dnsNames } from '../general-names.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** A dNSName has no trailing dot: the preferred name syntax has none, and matching never strips it. */
export const sanDnsTrailingDot: Rule<'san-dns-trailing-dot'> = {
  code: 'san-dns-trailing-dot',
  applies: readable('subjectAltName'),
  check: ({ subjectAltName }) =>
    dnsNames(subjectAltName)
      .filter((name) => name.endsWith('.'))
      .map((name) => ({ name })),
}
