import { always, breaches } from '../rule.ts'
import type { Rule } from '../rule.ts'

const FIELDS = ['issuerUniqueID', 'subjectUniqueID'] as const

/** §4.1.2.8: conforming CAs issue no unique identifiers. */
export const uniqueIdPresent: Rule<'unique-id-present'> = {
  code: 'unique-id-present',
  applies: always,
  check: (certificate) => breaches(FIELDS, (field) => (certificate[field] === null ? null : { field })),
}
