import type { Certificate } from '../../x509/certificate.ts'
import { sameOctets } from '../../octets.ts'
import type { Pool } from '../pool.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { isCa } from '../../x509/roles.ts'

/**
 * Returns certificates that may have issued `child`: those whose subject is its issuer (RFC 5280 §7.1), likeliest first
 * (RFC 4158 §3.5): matching key identifier, then anchor, valid at the time, a CA by its extensions, younger.
 */
export function issuerCandidates(child: Certificate, pool: Pool, at: Date): readonly Certificate[] {
  const candidates = pool.bySubject(child.issuer)
  if (candidates.length < 2) return candidates
  const scored = candidates.map((candidate) => ({ candidate, score: score(child, candidate, pool, at) }))
  scored.sort(
    (a, b) => b.score - a.score || b.candidate.notBefore.getTime() - a.candidate.notBefore.getTime(),
  )
  return scored.map(({ candidate }) => candidate)
}

function score(child: Certificate, candidate: Certificate, pool: Pool, at: Date): number {
  const valid = at >= candidate.notBefore && at <= candidate.notAfter
  return (
    8 * keyIdentifierScore(child, candidate) +
    (pool.isAnchor(candidate) ? 4 : 0) +
    (valid ? 2 : 0) +
    (isCa(candidate) ? 1 : 0)
  )
}

/** 2: equal, 1: absent, 0: different. */
function keyIdentifierScore(child: Certificate, candidate: Certificate): number {
  const asked = child.authorityKeyIdentifier?.keyIdentifier ?? null
  const own = candidate.subjectKeyIdentifier
  if (asked === null || own === null) return 1
  return sameOctets(asked, own) ? 2 : 0
}

/** RFC 4158 §2.4.2: no entity occurs twice in a path with the same key. */
export function isRepeated(candidate: Certificate, path: readonly Certificate[]): boolean {
  return path.some(
    (certificate) =>
      certificate === candidate ||
      (sameOctets(certificate.spki.der, candidate.spki.der) &&
        namesMatch(certificate.subject, candidate.subject)),
  )
}
