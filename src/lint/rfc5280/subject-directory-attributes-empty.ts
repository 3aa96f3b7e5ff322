import { breach, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.8: subjectDirectoryAttributes holds at least one attribute. */
export const subjectDirectoryAttributesEmpty: Rule<'subject-directory-attributes-empty'> = {
  code: 'subject-directory-attributes-empty',
  extensions: ['subjectDirectoryAttributes'],
  applies: readable('subjectDirectoryAttributes'),
  check: ({ subjectDirectoryAttributes }) => breach(subjectDirectoryAttributes?.length === 0),
}
