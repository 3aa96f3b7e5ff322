import { always, breaches } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { nameTexts } from '../texts.ts'

/** Leading and trailing spaces are ignored when names are compared by §7.1, but not when octets are compared. */
export const nameOuterSpace: Rule<'name-outer-space'> = {
  code: 'name-outer-space',
  applies: always,
  check: (certificate, context) =>
    breaches(nameTexts(certificate, context), ({ oid, text }) => (text !== text.trim() ? { oid } : null)),
}
