import { userNotices } from '../user-notices.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.4: conforming CAs should not use noticeRef. */
export const policyNoticeReference: Rule<'policy-notice-reference'> = {
  code: 'policy-notice-reference',
  extensions: ['certificatePolicies'],
  applies: readable('certificatePolicies'),
  check: ({ certificatePolicies }) =>
    userNotices(certificatePolicies)
      .filter(({ noticeRef }) => noticeRef)
      .map(({ policy }) => ({ policy })),
}
