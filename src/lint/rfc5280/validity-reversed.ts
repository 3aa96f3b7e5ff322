import { always } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.1.2.5: the validity is the time from notBefore through notAfter, so there has to be one. */
export const validityReversed: Rule<'validity-reversed'> = {
  code: 'validity-reversed',
  applies: always,
  check: ({ notBefore, notAfter }) =>
    notBefore.getTime() <= notAfter.getTime() ? [] : [{ notBefore, notAfter }],
}
