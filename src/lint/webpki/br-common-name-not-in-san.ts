import { commonNames } from './common-names.ts'
import { ipAddressToText } from '../../x509/ip-address.ts'
import type { Rule } from '../rule.ts'
import { isSubscriber } from './kinds.ts'

/**
 * BR §7.1.4.3: a common name is a copy, character for character, of one value of subjectAltName. The domain directly
 * below a wildcard has a rule of its own.
 */
export const brCommonNameNotInSan: Rule<'br-common-name-not-in-san'> = {
  code: 'br-common-name-not-in-san',
  applies: (certificate, context) =>
    isSubscriber(certificate, context) && commonNames(certificate.subject).length > 0,
  check: ({ subject, subjectAltName }) => {
    const values = new Set(
      (subjectAltName ?? []).map((name) => {
        if (name.kind === 'dNSName') return name.value
        return name.kind === 'iPAddress' ? ipAddressToText(name.octets) : null
      }),
    )
    return commonNames(subject)
      .filter(({ text }) => text === null || !(values.has(text) || values.has(`*.${text}`)))
      .map(({ text }) => ({ commonName: text ?? '' }))
  },
}
