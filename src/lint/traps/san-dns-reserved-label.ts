import { dnsNames } from '../general-names.ts'
import { breaches, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** RFC 5890 §2.3.1: of the labels with "--" as third and fourth character, only those that begin with xn are in use. */
export const isReservedLabel = (label: string): boolean => /^..--/.test(label) && !/^xn--/i.test(label)

export const sanDnsReservedLabel: Rule<'san-dns-reserved-label'> = {
  code: 'san-dns-reserved-label',
  extensions: ['subjectAltName'],
  applies: readable('subjectAltName'),
  check: ({ subjectAltName }) =>
    breaches(dnsNames(subjectAltName), (name) => (name.split('.').some(isReservedLabel) ? { name } : null)),
}
