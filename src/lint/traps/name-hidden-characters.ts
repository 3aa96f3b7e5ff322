import { HIDDEN_CHARACTER } from '../name-attributes.ts'
import { always } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** Control, direction and zero-width characters in a name show it as what it is not. */
export const nameHiddenCharacters: Rule<'name-hidden-characters'> = {
  code: 'name-hidden-characters',
  applies: always,
  check: ({ subject }) =>
    subject.rdns.flat().flatMap(({ oid, text }) => {
      const hidden = text === null ? null : HIDDEN_CHARACTER.exec(text)
      return hidden ? [{ oid, codePoint: hidden[0].codePointAt(0) ?? 0 }] : []
    }),
}
