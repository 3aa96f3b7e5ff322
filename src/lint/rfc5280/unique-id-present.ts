import { always } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.1.2.8: conforming CAs issue no unique identifiers. */
export const uniqueIdPresent: Rule<'unique-id-present'> = {
  code: 'unique-id-present',
  applies: always,
  check: ({ issuerUniqueID, subjectUniqueID }) => [
    ...(issuerUniqueID ? [{ field: 'issuerUniqueID' } as const] : []),
    ...(subjectUniqueID ? [{ field: 'subjectUniqueID' } as const] : []),
  ],
}
