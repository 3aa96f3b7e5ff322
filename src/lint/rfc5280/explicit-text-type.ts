import { TAG } from '../../der/reader.ts'
import { userNotices } from '../user-notices.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.4: explicitText is not VisibleString, and not BMPString. */
export const explicitTextType: Rule<'explicit-text-type'> = {
  code: 'explicit-text-type',
  extensions: ['certificatePolicies'],
  applies: ({ certificatePolicies }) => certificatePolicies !== null,
  check: ({ certificatePolicies }) =>
    userNotices(certificatePolicies)
      .filter(({ tag }) => tag === TAG.VISIBLE_STRING || tag === TAG.BMP_STRING)
      .map(({ policy, tag }) => ({ policy, type: tag === TAG.BMP_STRING ? 'BMPString' : 'VisibleString' })),
}
