import { HIDDEN_CHARACTER } from '../name-attributes.ts'
import { always, breaches } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { shownTexts } from '../texts.ts'

/** Control, direction and zero-width characters make a name or notice look like something else. */
export const nameHiddenCharacters: Rule<'name-hidden-characters'> = {
  code: 'name-hidden-characters',
  applies: always,
  check: (certificate, context) =>
    breaches(shownTexts(certificate, context), ({ oid, text }) => {
      const hidden = HIDDEN_CHARACTER.exec(text)
      return hidden ? { oid, codePoint: hidden[0].codePointAt(0) ?? 0 } : null
    }),
}
