import { breach, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.3: at least one bit of keyUsage is set. */
export const keyUsageEmpty: Rule<'key-usage-empty'> = {
  code: 'key-usage-empty',
  extensions: ['keyUsage'],
  applies: readable('keyUsage'),
  check: ({ keyUsage }) => breach(keyUsage?.size === 0),
}
