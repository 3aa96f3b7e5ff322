import type { Finding } from '../../findings.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { nameToText } from '../../x509/name.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { ACCESS_METHOD_OIDS } from '../../x509/oids.ts'
import { isRepeated, issuerCandidates } from './candidates.ts'
import type { Search, TriedPath } from './search.ts'
import { hexOf } from '../../octets.ts'

/**
 * Links shown if none leads to an anchor, and candidates tried for each: more add no information and cost signatures.
 */
const LINKS = 8
const CANDIDATES = 4

/**
 * Without a path to an anchor: follows the likeliest issuer whose signature is valid, link by link, to the last one.
 */
export async function likeliestFragment(target: Certificate, search: Search): Promise<TriedPath> {
  let path: readonly Certificate[] = [target]
  for (;;) {
    const top = path[0]!
    const candidates = issuerCandidates(top, search.pool, search.at)
    const issuer = path.length > LINKS ? null : await firstVerifying(top, candidates, path, search)
    if (issuer === null)
      return { certificates: path, broken: { finding: reasonAt(top, candidates, path), index: 0 } }
    path = [issuer, ...path]
  }
}

async function firstVerifying(
  child: Certificate,
  candidates: readonly Certificate[],
  path: readonly Certificate[],
  { signatures }: Search,
): Promise<Certificate | null> {
  for (const candidate of candidates.slice(0, CANDIDATES)) {
    if (isRepeated(candidate, path)) continue
    const verdict = await signatures.verify(child, candidate.spki)
    if (verdict !== 'invalid' && verdict !== null) return candidate
  }
  return null
}

function reasonAt(
  top: Certificate,
  candidates: readonly Certificate[],
  path: readonly Certificate[],
): Finding {
  const subject = nameToText(top.subject)
  if (namesMatch(top.issuer, top.subject)) return { code: 'anchor-missing', detail: { subject } }
  // Candidates have the issuer's name but not the key that signed this: the issuer itself was not given.
  const namesakes = candidates.filter((candidate) => !isRepeated(candidate, path)).length
  if (namesakes < candidates.length || path.length > LINKS) return { code: 'path-loop', detail: { subject } }
  const keyIdentifier = top.authorityKeyIdentifier?.keyIdentifier ?? null
  const addresses = (top.authorityInfoAccess ?? []).flatMap(({ method, location }) =>
    method === ACCESS_METHOD_OIDS.caIssuers && location.kind === 'uniformResourceIdentifier'
      ? [location.value]
      : [],
  )
  return {
    code: 'issuer-missing',
    detail: {
      issuer: nameToText(top.issuer),
      keyIdentifier: keyIdentifier && hexOf(keyIdentifier),
      addresses,
      namesakes,
    },
  }
}
