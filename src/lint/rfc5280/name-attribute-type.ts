import { stringTypeName } from '../../x509/string-types.ts'
import { attributesAnsweredFor, attributeStringType, isDirectoryStringAttribute } from '../name-attributes.ts'
import { always, breaches } from '../rule.ts'
import type { Rule } from '../rule.ts'

/**
 * Appendix A.1: country, serialNumber and dnQualifier are PrintableString; emailAddress and domainComponent are IA5String;
 * a DirectoryString is a string.
 */
export const nameAttributeType: Rule<'name-attribute-type'> = {
  code: 'name-attribute-type',
  applies: always,
  check: (certificate, context) =>
    breaches(attributesAnsweredFor(certificate, context), ({ oid, tag }) => {
      const expected = attributeStringType(oid)
      if (expected) return expected.tag === tag ? null : { oid, expected: expected.type }
      const isText = stringTypeName(tag) !== null || !isDirectoryStringAttribute(oid)
      return isText ? null : { oid, expected: 'DirectoryString' }
    }),
}
