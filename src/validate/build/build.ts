import type { Finding } from '../../findings.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { Budget } from '../budget.ts'
import { nameToText } from '../../x509/name.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { sameOctets } from '../../x509/octets.ts'
import type { Pool } from '../pool.ts'
import type { Signatures } from '../signatures.ts'
import { issuerCandidates } from './candidates.ts'
import { likeliestFragment } from './fragment.ts'
import type { Reach } from './reach.ts'
import { reachOf } from './reach.ts'

/** A path tried: complete, from an anchor; or as far as it got, with the reason on its first certificate. */
export interface TriedPath {
  /** Anchor first, target last. */
  readonly certificates: readonly Certificate[]
  /** Null where it is complete. */
  readonly broken: Broken | null
}

export interface Broken {
  readonly finding: Finding
  /** Index in `certificates` of the one it speaks of. */
  readonly index: number
}

/** What the search needs to know. */
export interface Search {
  readonly pool: Pool
  readonly at: Date
  readonly budget: Budget
  readonly signatures: Signatures
}

type Paths = AsyncGenerator<TriedPath, void, undefined>

/**
 * Path building (RFC 4158): depth first from the target upwards, the likeliest issuer first, every signature checked as
 * soon as it would be used. Paths come in the order tried. The search ends when all are tried, or the budget is spent.
 */
export async function* buildPaths(target: Certificate, search: Search): Paths {
  const { pool, budget } = search
  let complete = pool.isAnchor(target)
  if (complete && budget.spend('paths')) yield { certificates: [target], broken: null }
  const reach = reachOf(target, pool)
  if (reach(target)) anticipate(target, search, reach)
  if (reach(target))
    for await (const path of climb([target], search, reach)) {
      complete ||= path.broken === null
      yield path
    }
  // Nothing reached an anchor: the best that can be said is how far the likeliest path goes.
  if (!complete && budget.exhausted === null) yield await likeliestFragment(target, search)
}

/** Links of the likeliest path whose signatures are checked side by side; a wrong guess costs no more than these. */
const SIDE_BY_SIDE = 3

/** Starts checking the signatures of the likeliest path at once, for engines that check them beside this thread. */
function anticipate(target: Certificate, search: Search, reach: Reach): void {
  const path = [target]
  for (let links = 0; links < SIDE_BY_SIDE; links++) {
    const child = path[0]!
    const likeliest = issuerCandidates(child, search.pool, search.at)[0]
    if (likeliest === undefined || isRepeated(likeliest, path)) break
    const isAnchor = search.pool.isAnchor(likeliest)
    if (!isAnchor && !reach(likeliest)) break
    void search.signatures.verify(child, likeliest.spki)
    if (isAnchor) break
    path.unshift(likeliest)
  }
}

/** All paths above the first certificate of `path`. */
async function* climb(path: readonly Certificate[], search: Search, reach: Reach): Paths {
  const { pool, at, budget, signatures } = search
  const child = path[0]!
  const limit = budget.limits.depth
  if (path.length >= limit) {
    const finding: Finding = { code: 'depth-exceeded', detail: { limit } }
    if (budget.spend('paths')) yield { certificates: path, broken: { finding, index: 0 } }
    return
  }
  let deadEnd = !pool.isAnchor(child)
  for (const candidate of issuerCandidates(child, pool, at)) {
    const isAnchor = pool.isAnchor(candidate)
    if ((!isAnchor && !reach(candidate)) || isRepeated(candidate, path)) continue
    deadEnd = false
    const verdict = await signatures.verify(child, candidate.spki)
    if (verdict === null) return
    const longer = [candidate, ...path]
    if (verdict === 'invalid') {
      if (!budget.spend('paths')) return
      yield {
        certificates: longer,
        broken: { finding: { code: 'signature-invalid', detail: null }, index: 1 },
      }
      continue
    }
    if (isAnchor) {
      if (!budget.spend('paths')) return
      yield { certificates: longer, broken: null }
    }
    // An anchor may itself be certified by another anchor: the path above it is another one to try.
    if (reach(candidate)) yield* climb(longer, search, reach)
    if (budget.exhausted !== null) return
  }
  // Counted too: among CAs that certify one another there are more dead ends than anyone could wait for.
  if (deadEnd && budget.spend('paths')) {
    const finding: Finding = { code: 'path-loop', detail: { subject: nameToText(child.subject) } }
    yield { certificates: path, broken: { finding, index: 0 } }
  }
}

/** RFC 4158 §2.4.2: the same entity with the same key does not stand in a path twice. */
export function isRepeated(candidate: Certificate, path: readonly Certificate[]): boolean {
  return path.some(
    (certificate) =>
      certificate === candidate ||
      (sameOctets(certificate.spki.der, candidate.spki.der) &&
        namesMatch(certificate.subject, candidate.subject)),
  )
}
