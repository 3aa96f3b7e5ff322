import { TAG } from '../../der/reader.ts'
import { userNotices } from '../user-notices.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** RFC 6818 §3: explicitText should be a UTF8String; VisibleString and BMPString are allowed. */
export const explicitTextNotUtf8: Rule<'explicit-text-not-utf8'> = {
  code: 'explicit-text-not-utf8',
  extensions: ['certificatePolicies'],
  applies: readable('certificatePolicies'),
  check: ({ certificatePolicies }) =>
    userNotices(certificatePolicies)
      .filter(({ tag }) => tag === TAG.VISIBLE_STRING || tag === TAG.BMP_STRING)
      .map(({ policy, tag }) => ({ policy, type: tag === TAG.BMP_STRING ? 'BMPString' : 'VisibleString' })),
}
