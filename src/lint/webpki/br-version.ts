import { always } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** BR §7.1.1: X.509 version 3. */
export const brVersion: Rule<'br-version'> = {
  code: 'br-version',
  applies: always,
  check: ({ version }) => (version === 3 ? [] : [{ version }]),
}
