import { always } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** Names above 1,024 octets exceed fixed buffers in some programs. */
export const subjectVeryLong: Rule<'subject-very-long'> = {
  code: 'subject-very-long',
  applies: always,
  check: ({ subject }) => (subject.der.length > 1024 ? [{ octets: subject.der.length }] : []),
}
