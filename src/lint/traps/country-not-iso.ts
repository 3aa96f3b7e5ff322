import { isCountryCode, meantCountryCode } from '../countries.ts'
import { attributesAnsweredFor } from '../name-attributes.ts'
import { always, breaches } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { ATTRIBUTE_OIDS } from '../../x509/oids.ts'

/**
 * BR §7.1.4.2, X.520: countryName is an ISO 3166-1 code, in capitals. A value that is not two letters has another rule.
 */
export const countryNotIso: Rule<'country-not-iso'> = {
  code: 'country-not-iso',
  applies: always,
  check: (certificate, context) =>
    breaches(attributesAnsweredFor(certificate, context), ({ oid, text }) =>
      oid === ATTRIBUTE_OIDS.C && text !== null && /^[A-Za-z]{2}$/.test(text) && !isCountryCode(text)
        ? { value: text, meant: meantCountryCode(text) }
        : null,
    ),
}
