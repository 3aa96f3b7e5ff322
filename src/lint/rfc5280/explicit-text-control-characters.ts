import { userNotices } from '../user-notices.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.4: explicitText should hold no control characters. */
export const explicitTextControlCharacters: Rule<'explicit-text-control-characters'> = {
  code: 'explicit-text-control-characters',
  extensions: ['certificatePolicies'],
  applies: readable('certificatePolicies'),
  check: ({ certificatePolicies }) =>
    userNotices(certificatePolicies)
      .filter(({ text }) => text !== null && /\p{Cc}/u.test(text))
      .map(({ policy }) => ({ policy })),
}
