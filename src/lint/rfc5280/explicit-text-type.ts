import { TAG } from '../../der/reader.ts'
import { userNotices } from '../user-notices.ts'
import type { Rule } from '../rule.ts'

/** Until RFC 6818 of this month, IA5String was as acceptable as UTF8String. */
const SINCE = new Date('2013-01-01T00:00:00Z')
const ALLOWED: readonly number[] = [TAG.UTF8_STRING, TAG.VISIBLE_STRING, TAG.BMP_STRING]

/** §4.2.1.4 as replaced by RFC 6818 §3: explicitText is not IA5String, nor a type outside DisplayText. */
export const explicitTextType: Rule<'explicit-text-type'> = {
  code: 'explicit-text-type',
  extensions: ['certificatePolicies'],
  applies: ({ certificatePolicies }, { issuedAt }) => certificatePolicies !== null && issuedAt >= SINCE,
  check: ({ certificatePolicies }) =>
    userNotices(certificatePolicies)
      .filter(({ tag, text }) => tag >= 0 && (!ALLOWED.includes(tag) || text === null))
      .map(({ policy, tag }) => ({ policy, type: typeOf(tag) })),
}

/** An allowed type is reported only if its octets are not valid for it. */
const typeOf = (tag: number): string => {
  if (ALLOWED.includes(tag)) return 'string whose octets break its own type'
  return tag === TAG.IA5_STRING ? 'IA5String' : `tag ${String(tag)}`
}
