import { attributeStringType, attributesOf } from '../name-attributes.ts'
import { always, breaches } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** Appendix A.1: country, serialNumber and dnQualifier are PrintableString; emailAddress and domainComponent are IA5String. */
export const nameAttributeType: Rule<'name-attribute-type'> = {
  code: 'name-attribute-type',
  applies: always,
  check: ({ subject, issuer }) =>
    breaches(attributesOf(subject, issuer), ({ oid, tag }) => {
      const expected = attributeStringType(oid)
      return expected && expected.tag !== tag ? { oid, expected: expected.type } : null
    }),
}
