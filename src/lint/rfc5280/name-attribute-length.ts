import { attributeLimit, attributesOf } from '../name-attributes.ts'
import { always } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** Appendix A.1: the upper bounds of name attributes, and no attribute empty. */
export const nameAttributeLength: Rule<'name-attribute-length'> = {
  code: 'name-attribute-length',
  applies: always,
  check: ({ subject, issuer }) =>
    attributesOf(subject, issuer).flatMap(({ oid, text }) => {
      const limit = attributeLimit(oid)
      if (text === null || limit === null) return []
      const length = [...text].length
      return length > limit || length === 0 ? [{ oid, length, limit }] : []
    }),
}
