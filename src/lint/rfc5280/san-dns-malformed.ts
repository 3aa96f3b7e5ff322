import { isAscii, dnsNames } from '../general-names.ts'
import { isDnsName } from '../name-syntax.ts'
import { breaches, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.6: a dNSName has the preferred name syntax of RFC 1034 §3.5. Trailing dots and U-labels have rules of their own. */
export const sanDnsMalformed: Rule<'san-dns-malformed'> = {
  code: 'san-dns-malformed',
  extensions: ['subjectAltName'],
  applies: readable('subjectAltName'),
  check: ({ subjectAltName }) =>
    breaches(dnsNames(subjectAltName), (name) =>
      !isDnsName(name.endsWith('.') && name !== '.' ? name.slice(0, -1) : name) &&
      name !== '' &&
      name !== ' ' &&
      isAscii(name)
        ? { name }
        : null,
    ),
}
