import { always, breaches } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { nameTexts } from '../texts.ts'

/** Outer spaces do not count where names are compared by §7.1, and do where they are compared by octets. */
export const nameOuterSpace: Rule<'name-outer-space'> = {
  code: 'name-outer-space',
  applies: always,
  check: (certificate, context) =>
    breaches(nameTexts(certificate, context), ({ oid, text }) => (text !== text.trim() ? { oid } : null)),
}
