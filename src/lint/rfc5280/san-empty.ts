import { breach, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.6: subjectAltName holds at least one name. */
export const sanEmpty: Rule<'san-empty'> = {
  code: 'san-empty',
  extensions: ['subjectAltName'],
  applies: readable('subjectAltName'),
  check: ({ subjectAltName }) => breach(subjectAltName?.length === 0),
}
