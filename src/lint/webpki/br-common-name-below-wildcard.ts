import { commonNames } from './common-names.ts'
import type { Rule } from '../rule.ts'
import { isSubscriber } from './kinds.ts'

/**
 * BR §7.1.4.3, for a common name example.com if subjectAltName has only *.example.com: not a copy, but the CA proved
 * control of that domain before it issued the wildcard (§3.2.2.6), so nobody is misled.
 */
export const brCommonNameBelowWildcard: Rule<'br-common-name-below-wildcard'> = {
  code: 'br-common-name-below-wildcard',
  extensions: ['subjectAltName'],
  applies: (certificate, context) =>
    isSubscriber(certificate, context) &&
    certificate.subjectAltName !== null &&
    commonNames(certificate.subject).length > 0,
  check: ({ subject, subjectAltName }) => {
    const values = new Set(
      (subjectAltName ?? []).map((name) => (name.kind === 'dNSName' ? name.value : null)),
    )
    return commonNames(subject).flatMap(({ text }) =>
      text !== null && !values.has(text) && values.has(`*.${text}`) ? [{ commonName: text }] : [],
    )
  },
}
