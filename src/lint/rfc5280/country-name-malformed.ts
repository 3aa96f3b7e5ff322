import { ATTRIBUTE_OIDS } from '../../x509/oids.ts'
import { attributesOf } from '../name-attributes.ts'
import { always, breaches } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** Appendix A.1: countryName has exactly two characters. */
export const countryNameMalformed: Rule<'country-name-malformed'> = {
  code: 'country-name-malformed',
  applies: always,
  check: ({ subject, issuer }) =>
    breaches(attributesOf(subject, issuer), ({ oid, text }) =>
      oid === ATTRIBUTE_OIDS.C && text !== null && !/^[A-Za-z]{2}$/.test(text) ? { value: text } : null,
    ),
}
