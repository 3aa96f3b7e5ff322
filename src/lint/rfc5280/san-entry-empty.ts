import { isEmptyName } from '../general-names.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.6: no name in subjectAltName is empty. */
export const sanEntryEmpty: Rule<'san-entry-empty'> = {
  code: 'san-entry-empty',
  extensions: ['subjectAltName'],
  applies: readable('subjectAltName'),
  check: ({ subjectAltName }) => (subjectAltName ?? []).filter(isEmptyName).map(({ kind }) => ({ kind })),
}
