import type { Certificate } from '../../x509/certificate.ts'

/** Certificates of one subject, always the same array, which serves as the key for the name. */
type Namesakes = readonly Certificate[]

export interface Named {
  bySubject(name: Certificate['subject']): Namesakes
  isAnchor(certificate: Certificate): boolean
}

/**
 * Decides whether the names lead from a certificate to an anchor. Walks names only, before any signature is verified:
 * upwards over every possible issuer, then back down from the anchors found. Unrelated certificates in the pool are
 * never visited, and if no name leads to an anchor, no signature is spent. Results are cached per name.
 */
export function createReach(pool: Named): (certificate: Certificate) => boolean {
  const known = new Map<Namesakes, boolean>()
  return ({ issuer }) => {
    const issuers = pool.bySubject(issuer)
    if (issuers.length === 0) return false
    if (!known.has(issuers)) explore(issuers, pool, known)
    return known.get(issuers)!
  }
}

/** Settles these certificates' own names and every name above them. */
function explore(start: Namesakes, pool: Named, known: Map<Namesakes, boolean>): void {
  const below = new Map<Namesakes, Set<Namesakes>>([[start, new Set()]])
  const reached: Namesakes[] = []
  const queue = [start]
  for (let namesakes = queue.pop(); namesakes !== undefined; namesakes = queue.pop()) {
    known.set(namesakes, false)
    if (namesakes.some((certificate) => pool.isAnchor(certificate))) reached.push(namesakes)
    for (const { issuer } of namesakes) {
      const issuers = pool.bySubject(issuer)
      const subjects = below.get(issuers)
      if (subjects !== undefined) subjects.add(namesakes)
      else if (issuers.length > 0) {
        below.set(issuers, new Set([namesakes]))
        if (known.get(issuers) === undefined) queue.push(issuers)
        else if (known.get(issuers) === true) reached.push(issuers)
      }
    }
  }
  for (let namesakes = reached.pop(); namesakes !== undefined; namesakes = reached.pop()) {
    known.set(namesakes, true)
    for (const subject of below.get(namesakes) ?? []) if (known.get(subject) !== true) reached.push(subject)
  }
}
