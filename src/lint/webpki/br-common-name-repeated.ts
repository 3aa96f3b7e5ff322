import { commonNames } from './common-names.ts'
import type { Rule } from '../rule.ts'
import { isSubscriber } from './kinds.ts'

/** BR §7.1.4.2: each attribute type at most once; here the one that clients used to read. */
export const brCommonNameRepeated: Rule<'br-common-name-repeated'> = {
  code: 'br-common-name-repeated',
  applies: isSubscriber,
  check: ({ subject }) => {
    const count = commonNames(subject).length
    return count <= 1 ? [] : [{ count }]
  },
}
