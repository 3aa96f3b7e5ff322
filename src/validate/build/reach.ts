import type { Certificate } from '../../x509/certificate.ts'
import { nameKey } from '../../x509/name-matching.ts'
import type { Pool } from '../pool.ts'

/** The target stands for itself: no name has this key. */
const TARGET = '\u0000'

/** Whether the names lead from this certificate to an anchor. */
export type Reach = (certificate: Certificate) => boolean

/**
 * Walks the names alone, before any signature is checked: upwards from the target over everything that may be above it,
 * then back down from the anchors found. Strangers in the pool are never looked at, and where no name leads to an
 * anchor no signature is spent.
 */
export function reachOf(target: Certificate, pool: Pool): Reach {
  /** Subjects by the name of an issuer they may have. */
  const below = new Map<string, Set<string>>()
  const anchored = new Set<string>()
  const seen = new Set<string>()
  const queue: { subject: string; certificates: readonly Certificate[] }[] = [
    { subject: TARGET, certificates: [target] },
  ]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const certificate of next.certificates) {
      const issuer = nameKey(certificate.issuer)
      let subjects = below.get(issuer)
      if (subjects === undefined) below.set(issuer, (subjects = new Set()))
      subjects.add(next.subject)
      if (seen.has(issuer)) continue
      seen.add(issuer)
      const certificates = pool.bySubject(certificate.issuer)
      if (certificates.some((candidate) => pool.isAnchor(candidate))) anchored.add(issuer)
      queue.push({ subject: issuer, certificates })
    }
  }
  const reached = downwards(anchored, below)
  return (certificate) => reached.has(nameKey(certificate.issuer))
}

/** Every subject below one of `from`, and those themselves. */
function downwards(from: ReadonlySet<string>, below: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const reached = new Set(from)
  const queue = [...from]
  for (let issuer = queue.pop(); issuer !== undefined; issuer = queue.pop())
    for (const subject of below.get(issuer) ?? [])
      if (!reached.has(subject)) {
        reached.add(subject)
        queue.push(subject)
      }
  return reached
}
