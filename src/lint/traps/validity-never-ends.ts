import { NEVER } from '../validity.ts'
import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.1.2.5 writes "no end" as 99991231235959Z; some programs display or compute it wrongly. */
export const validityNeverEnds: Rule<'validity-never-ends'> = {
  code: 'validity-never-ends',
  applies: always,
  check: ({ notAfter }) => breach(notAfter.getTime() === NEVER),
}
