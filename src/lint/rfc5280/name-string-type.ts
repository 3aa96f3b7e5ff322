import { OLD_STRING_TYPES, attributesAnsweredFor, isDirectoryStringAttribute } from '../name-attributes.ts'
import { always, breaches } from '../rule.ts'
import type { Rule } from '../rule.ts'

/**
 * §4.1.2.4, §4.1.2.6: DirectoryStrings of new names are UTF8String or PrintableString; the other types are for names
 * established before 2004.
 */
export const nameStringType: Rule<'name-string-type'> = {
  code: 'name-string-type',
  applies: always,
  check: (certificate, context) =>
    breaches(attributesAnsweredFor(certificate, context), ({ oid, tag }) =>
      OLD_STRING_TYPES[tag] && isDirectoryStringAttribute(oid) ? { oid, type: OLD_STRING_TYPES[tag] } : null,
    ),
}
