import { dnsNames } from '../general-names.ts'
import { breach, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.6: the dNSName " " is not used. */
export const sanDnsSpace: Rule<'san-dns-space'> = {
  code: 'san-dns-space',
  extensions: ['subjectAltName'],
  applies: readable('subjectAltName'),
  check: ({ subjectAltName }) => breach(dnsNames(subjectAltName).includes(' ')),
}
