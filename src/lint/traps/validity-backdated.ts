import { always } from '../rule.ts'
import type { Rule } from '../rule.ts'

const MOST_HOURS = 48

/**
 * BR §7.1.2.7: a certificate does not begin more than 48 hours before it is signed. Once signed, it does not show when
 * that was.
 */
export const validityBackdated: Rule<'validity-backdated'> = {
  code: 'validity-backdated',
  applies: always,
  check: ({ notBefore }, { issuedAt }) =>
    issuedAt.getTime() - notBefore.getTime() > MOST_HOURS * 3_600_000 ? [{ notBefore, at: issuedAt }] : [],
}
