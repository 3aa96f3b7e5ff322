import { hasFalseALabel } from '../../x509/domain-name.ts'
import { readableIa5 } from '../../x509/general-name-text.ts'
import { isAscii, dnsNames } from '../general-names.ts'
import { breaches, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.6, §7.2: internationalized names are A-labels, which decode to U-labels (RFC 5890 §2.3.2.1). */
export const sanDnsNotALabel: Rule<'san-dns-not-a-label'> = {
  code: 'san-dns-not-a-label',
  extensions: ['subjectAltName'],
  applies: readable('subjectAltName'),
  check: ({ subjectAltName }) =>
    breaches(dnsNames(subjectAltName), (name) =>
      isAscii(name) && !hasFalseALabel(name) ? null : { name: readableIa5(name) },
    ),
}
