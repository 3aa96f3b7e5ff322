import { userNotices } from '../user-notices.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.4: conforming CAs should not use noticeRef. */
export const policyNoticeReference: Rule<'policy-notice-reference'> = {
  code: 'policy-notice-reference',
  extensions: ['certificatePolicies'],
  applies: ({ certificatePolicies }) => certificatePolicies !== null,
  check: ({ certificatePolicies }) =>
    userNotices(certificatePolicies)
      .filter(({ noticeRef }) => noticeRef)
      .map(({ policy }) => ({ policy })),
}
