import { breach, readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.12: extKeyUsage has at least one purpose. */
export const extKeyUsageEmpty: Rule<'ext-key-usage-empty'> = {
  code: 'ext-key-usage-empty',
  extensions: ['extKeyUsage'],
  applies: readable('extKeyUsage'),
  check: ({ extKeyUsage }) => breach(extKeyUsage?.length === 0),
}
