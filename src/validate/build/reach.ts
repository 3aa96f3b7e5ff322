import type { Certificate } from '../../x509/certificate.ts'

/** Certificates of one subject, each time the same list: it stands for the name. */
type Namesakes = readonly Certificate[]

export interface Named {
  bySubject(name: Certificate['subject']): Namesakes
  isAnchor(certificate: Certificate): boolean
}

/**
 * Whether the names lead from a certificate to an anchor. Walks the names alone, before any signature is checked: upwards
 * over everything that may be above, then back down from the anchors found. Strangers in the pool are never looked at,
 * and where no name leads to an anchor no signature is spent. What is found of a name holds for all who ask.
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

/** Settles every name above these certificates, and their own. */
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
