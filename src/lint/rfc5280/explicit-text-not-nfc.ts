import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'
import { userNotices } from '../user-notices.ts'

/** §4.2.1.4, RFC 6818 §3: explicitText should be in Unicode's normalization form C. */
export const explicitTextNotNfc: Rule<'explicit-text-not-nfc'> = {
  code: 'explicit-text-not-nfc',
  extensions: ['certificatePolicies'],
  applies: readable('certificatePolicies'),
  check: ({ certificatePolicies }) =>
    userNotices(certificatePolicies)
      .filter(({ text }) => text !== null && text.normalize('NFC') !== text)
      .map(({ policy }) => ({ policy })),
}
