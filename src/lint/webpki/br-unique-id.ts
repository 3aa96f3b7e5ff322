import { always, breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** BR §7.1.2.1, .2, .7: issuerUniqueID and subjectUniqueID must not be present. */
export const brUniqueId: Rule<'br-unique-id'> = {
  code: 'br-unique-id',
  applies: always,
  check: ({ issuerUniqueID, subjectUniqueID }) => breach(issuerUniqueID !== null || subjectUniqueID !== null),
}
