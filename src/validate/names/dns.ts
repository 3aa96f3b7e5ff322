const LABELS = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/

/**
 * Returns the DNS name in lower case, or null if it is not valid: letters, digits, hyphens and, because they occur in
 * practice, underscores; labels of at most 63, 253 in all (RFC 1034 §3.5). `*` may be the whole first label if
 * `wildcard` is set.
 */
export function dnsName(name: string, wildcard: 'wildcard' | 'exact' = 'exact'): string | null {
  if (name.length === 0 || name.length > 253) return null
  const lower = name.toLowerCase()
  const isWildcard = wildcard === 'wildcard' && lower.startsWith('*.')
  return LABELS.test(isWildcard ? lower.slice(2) : lower) ? lower : null
}

/** Returns its labels. */
export const dnsLabels = (name: string, wildcard?: 'wildcard'): readonly string[] | null =>
  dnsName(name, wildcard)?.split('.') ?? null

/**
 * RFC 5280 §4.2.1.10: a name that adds zero or more labels on the left of the constraint is within it; every name is
 * within ''. If the constraint has a leading dot, one or more.
 */
export function isWithinDomain(name: string, constraint: string): boolean {
  if (constraint === '' || name === constraint) return true
  if (constraint.startsWith('.')) return name.endsWith(constraint)
  return name.endsWith(constraint) && name[name.length - constraint.length - 1] === '.'
}

/** Whether some name that the wildcard `*.base` matches is within the constraint. */
export function wildcardReaches(base: string, constraint: string): boolean {
  if (isWithinDomain(base, constraint)) return true
  const isOneBelow = constraint.indexOf('.') === constraint.length - base.length - 1
  return isOneBelow && isWithinDomain(constraint, base)
}

/**
 * RFC 9525 §6.3: labels are compared without regard to case; a presented `*` as the whole left-most label matches
 * exactly one label. Both are in A-label form; the final dot of an absolute reference name is ignored.
 */
export function dnsMatches(presented: string, reference: readonly string[]): boolean {
  const labels = dnsLabels(presented, 'wildcard')
  if (labels?.length !== reference.length) return false
  return labels.every((label, i) => label === reference[i] || (i === 0 && label === '*'))
}
