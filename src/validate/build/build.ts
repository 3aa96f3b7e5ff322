import type { Finding } from '../../findings.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { nameToText } from '../../x509/name.ts'
import { isRepeated, issuerCandidates } from './candidates.ts'
import { likeliestFragment } from './fragment.ts'
import type { Search, TriedPath } from './search.ts'

/** Called with each path as it is tried; returning `true` ends the search. */
export type Visit = (tried: TriedPath) => Promise<boolean>

/**
 * Path building (RFC 4158): depth first from the target upwards, the likeliest issuer first, each signature verified as
 * soon as it is used. Reports paths in the order tried, until `visit` returns true, all are tried, or the budget is
 * spent. Returns whether `visit` ended the search.
 */
export async function buildPaths(target: Certificate, search: Search, visit: Visit): Promise<boolean> {
  const { pool, budget } = search
  let complete = false
  const watch: Visit = (tried) => {
    complete ||= tried.broken === null
    return visit(tried)
  }
  if (pool.isAnchor(target)) {
    complete = true
    if (budget.spend('paths') && (await watch({ certificates: [target], broken: null }))) return true
  }
  if (pool.reaches(target) && (await climb([target], search, watch))) return true
  // Nothing reached an anchor: report how far the likeliest path goes.
  if (complete || budget.exhausted !== null) return false
  return visit(await likeliestFragment(target, search))
}

/** Links of the likeliest path whose signatures are verified in parallel; a wrong guess costs no more than these. */
const SIDE_BY_SIDE = 3

/** Starts verifying the signatures above the target's in the likeliest path; WebCrypto runs them off-thread. */
function anticipate(issuer: Certificate, target: Certificate, search: Search): void {
  const path = [issuer, target]
  while (path.length <= SIDE_BY_SIDE) {
    const child = path[0]!
    const likeliest = issuerCandidates(child, search.pool, search.at)[0]
    if (likeliest === undefined || isRepeated(likeliest, path)) break
    const isAnchor = search.pool.isAnchor(likeliest)
    if (!isAnchor && !search.pool.reaches(likeliest)) break
    void search.signatures.verify(child, likeliest.spki)
    if (isAnchor) break
    path.unshift(likeliest)
  }
}

/** Tries all paths above the first certificate of `path`; returns whether `visit` ended the search. */
async function climb(path: readonly Certificate[], search: Search, visit: Visit): Promise<boolean> {
  const { pool, at, budget, signatures } = search
  const child = path[0]!
  const limit = budget.limits.depth
  if (path.length >= limit) {
    const finding: Finding = { code: 'depth-exceeded', detail: { limit } }
    return budget.spend('paths') && visit({ certificates: path, broken: { finding, index: 0 } })
  }
  let deadEnd = !pool.isAnchor(child)
  const candidates = issuerCandidates(child, pool, at)
  for (const candidate of candidates) {
    const isAnchor = pool.isAnchor(candidate)
    const goesOn = pool.reaches(candidate)
    if ((!isAnchor && !goesOn) || isRepeated(candidate, path)) continue
    deadEnd = false
    const checking = signatures.verify(child, candidate.spki)
    if (path.length === 1 && candidate === candidates[0] && !isAnchor) anticipate(candidate, child, search)
    const verdict = checking instanceof Promise ? await checking : checking
    if (verdict === null) return false
    const longer = [candidate, ...path]
    if (verdict === 'invalid') {
      if (!budget.spend('paths')) return false
      const finding: Finding = { code: 'signature-invalid', detail: null }
      if (await visit({ certificates: longer, broken: { finding, index: 1 } })) return true
      continue
    }
    if (isAnchor) {
      if (!budget.spend('paths')) return false
      if (await visit({ certificates: longer, broken: null })) return true
    }
    // An anchor may itself be certified by another anchor: the path above it is one more to try.
    if (goesOn && (await climb(longer, search, visit))) return true
    if (budget.exhausted !== null) return false
  }
  // Dead ends count too: CAs that certify one another produce more of them than can be tried.
  if (!deadEnd || !budget.spend('paths')) return false
  const finding: Finding = { code: 'path-loop', detail: { subject: nameToText(child.subject) } }
  return visit({ certificates: path, broken: { finding, index: 0 } })
}
