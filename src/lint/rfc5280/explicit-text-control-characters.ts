import { userNotices } from '../user-notices.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.4: explicitText should hold no control characters. */
export const explicitTextControlCharacters: Rule<'explicit-text-control-characters'> = {
  code: 'explicit-text-control-characters',
  extensions: ['certificatePolicies'],
  applies: ({ certificatePolicies }) => certificatePolicies !== null,
  check: ({ certificatePolicies }) =>
    userNotices(certificatePolicies)
      .filter(({ text }) => text !== null && /\p{Cc}/u.test(text))
      .map(({ policy }) => ({ policy })),
}
