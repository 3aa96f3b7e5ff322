import type { Rule } from '../../mtls/rules/rule.ts'

const ANYONE = '198.51.100.7'

/** Returns an address that a client would claim: the first that a rule on forwarded addresses names. */
export const addressToForge = (lets: Rule | null): string => (lets && named(lets)) ?? ANYONE

function named(rule: Rule): string | null {
  if (rule.kind === 'address') return rule.of === 'forwarded' ? (rule.ranges[0]?.split('/')[0] ?? null) : null
  if (rule.kind !== 'all' && rule.kind !== 'any') return null
  for (const each of rule.of) {
    const found = named(each)
    if (found !== null) return found
  }
  return null
}
