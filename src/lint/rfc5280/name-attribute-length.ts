import { attributeLimit, attributesAnsweredFor } from '../name-attributes.ts'
import { always, breaches } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** Appendix A.1: the upper bounds of name attributes, and no attribute empty. */
export const nameAttributeLength: Rule<'name-attribute-length'> = {
  code: 'name-attribute-length',
  applies: always,
  check: (certificate, context) =>
    breaches(attributesAnsweredFor(certificate, context), ({ oid, text }) => {
      const limit = attributeLimit(oid)
      // The number of characters never exceeds that of UTF-16 units, so few texts have to be counted.
      if (text === null || limit === null || (text.length <= limit && text !== '')) return null
      const length = [...text].length
      return length > limit || length === 0 ? { oid, length, limit } : null
    }),
}
