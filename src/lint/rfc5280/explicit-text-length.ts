import { userNotices } from '../user-notices.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.4: explicitText has 1 to 200 characters. */
export const explicitTextLength: Rule<'explicit-text-length'> = {
  code: 'explicit-text-length',
  extensions: ['certificatePolicies'],
  applies: readable('certificatePolicies'),
  check: ({ certificatePolicies }) =>
    userNotices(certificatePolicies).flatMap(({ policy, text }) => {
      if (text === null) return []
      const length = [...text].length
      return length === 0 || length > 200 ? [{ policy, length }] : []
    }),
}
