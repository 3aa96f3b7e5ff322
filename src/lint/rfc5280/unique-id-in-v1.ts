import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.1.2.8: unique identifiers appear only in version 2 or 3. */
export const uniqueIdInV1: Rule<'unique-id-in-v1'> = {
  code: 'unique-id-in-v1',
  applies: ({ version }) => version === 1,
  check: ({ issuerUniqueID, subjectUniqueID }) => breach(issuerUniqueID !== null || subjectUniqueID !== null),
}
