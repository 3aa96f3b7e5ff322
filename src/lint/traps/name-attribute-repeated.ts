import { repeated } from '../facts.ts'
import { attributesOf } from '../name-attributes.ts'
import { always } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { ATTRIBUTE_OIDS } from '../../x509/oids.ts'

/**
 * BR §7.1.4.2: an attribute twice with the same value, as from a table with a column too many, or two countries. A
 * domain may repeat a label.
 */
export const nameAttributeRepeated: Rule<'name-attribute-repeated'> = {
  code: 'name-attribute-repeated',
  applies: always,
  check: ({ subject }) => {
    const said = attributesOf(subject).filter(({ oid, text }) => oid !== ATTRIBUTE_OIDS.DC && text !== null)
    // For several countries no value is reported: which of them counts is the question.
    const keys = said.map(({ oid, text }) => (oid === ATTRIBUTE_OIDS.C ? oid : `${oid} ${text}`))
    return repeated(keys).map((key) => {
      const space = key.indexOf(' ')
      return space < 0 ? { oid: key, text: null } : { oid: key.slice(0, space), text: key.slice(space + 1) }
    })
  },
}
