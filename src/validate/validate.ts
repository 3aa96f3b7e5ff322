import type { Finding } from '../findings.ts'
import type { Certificate } from '../x509/certificate.ts'
import { Budget } from './budget.ts'
import { buildPaths } from './build/build.ts'
import type { TriedPath } from './build/search.ts'
import { purposesAsked } from './purpose.ts'
import { Signatures } from './signatures.ts'
import type { ValidateOptions } from './options.ts'
import { ProfileRows } from './path/profile-rows.ts'
import type { PathContext } from './path/step.ts'
import { brokenPath, checkPath } from './path/run.ts'
import type { Pool } from './pool.ts'
import { createPool } from './pool.ts'
import { isValid } from './report.ts'
import type { PathReport, Report, Verdict } from './report.ts'
import { DEFAULT_PROFILE } from '../lint/profiles.ts'
import { wholeSecond } from '../time.ts'
import { sha256Hex } from '../webcrypto/signature.ts'

/** Version of the validation rules, not of the program: it changes when a verdict may change. */
export const ENGINE = 'rootcellar-judge/2'

/**
 * Builds paths from the pool's anchors to the target and validates each by RFC 5280 §6 and the profile's own rules.
 * Never throws for a bad certificate; ends within the limits. The report has every path tried, with every rule and its
 * findings.
 */
export async function validate(target: Certificate, pool: Pool, options: ValidateOptions): Promise<Report> {
  const budget = new Budget(options.limits)
  const at = wholeSecond(options.at)
  const chosen = options.onlyAnchor === undefined ? pool : await withOnlyAnchor(pool, options.onlyAnchor)
  const signatures = new Signatures(chosen.memory.signatures, budget)
  const purposes = purposesAsked(options)
  const profile = options.profile ?? DEFAULT_PROFILE
  const profileRows = new ProfileRows(profile, chosen.memory.members, chosen.memory.rows, options.examineKeys)
  const shared: Shared = { options, profile, at, pool: chosen, budget, signatures, purposes, profileRows }
  const paths: PathReport[] = []
  await buildPaths(target, shared, async (tried) => {
    const report = await checkTried(tried, shared)
    paths.push(report)
    return isSettled(report) && options.explore !== 'all'
  })
  const best = bestOf(paths)
  return {
    schema: 2,
    engine: ENGINE,
    verdict: verdictOf(paths, budget),
    best,
    paths,
    spent: budget.spent,
    options,
  }
}

type Shared = Pick<
  PathContext,
  'options' | 'profile' | 'at' | 'pool' | 'budget' | 'signatures' | 'purposes' | 'profileRows'
>

async function checkTried({ certificates, broken }: TriedPath, shared: Shared): Promise<PathReport> {
  const context: Omit<PathContext, 'index' | 'selfIssued'> = {
    ...shared,
    path: certificates,
    n: certificates.length - 1,
    signerPath: (signer, when, accept) =>
      pathToAnchor(signer, certificates[0]!, { ...shared, at: wholeSecond(when) }, accept),
  }
  if (broken !== null) return { complete: false, ...(await brokenPath(context, broken)) }
  return { complete: true, ...(await checkPath(context)) }
}

/** A valid path ends the search; but if its faults are the CAs' own, another path may be better. */
const isSettled = ({ verdict, certificates }: PathReport): boolean =>
  verdict === 'valid' || (verdict === 'valid-with-faults' && certificates.at(-1)!.faults.length > 0)

/** Certificates have no fractions of a second (RFC 5280 §4.1.2.5.2). */

/** Returns the pool with only one anchor; the other certificates remain as sent. */
async function withOnlyAnchor(pool: Pool, fingerprint: string): Promise<Pool> {
  const wanted = fingerprint.toLowerCase().replace(/[^0-9a-f]/g, '')
  for (const anchor of pool.anchors)
    if ((await sha256Hex(anchor.der)) === wanted) return pool.withAnchors([anchor])
  return pool.withAnchors([])
}

/**
 * RFC 5280 §6.3.3 (f): §6.1 on a signer of status information, to the same anchor; no purposes, and no status of its
 * own. Returns whether one of the valid paths is accepted.
 */
function pathToAnchor(
  signer: Certificate,
  anchor: Certificate,
  shared: Shared,
  accept: (path: readonly Certificate[]) => Promise<boolean>,
): Promise<boolean> {
  const pool = shared.pool.withAnchors([anchor])
  const { limits, allowSha1, maxDepth } = shared.options
  const options: ValidateOptions = {
    at: shared.at,
    profile: 'path',
    ...(limits && { limits }),
    ...(allowSha1 !== undefined && { allowSha1 }),
    ...(maxDepth !== undefined && { maxDepth }),
  }
  const profileRows = new ProfileRows('path', pool.memory.members, pool.memory.rows)
  const own: Shared = { ...shared, pool, options, profile: 'path', purposes: [], profileRows }
  return buildPaths(signer, own, async (tried) => {
    const { verdict } = await checkTried(tried, own)
    return isValid(verdict) && accept(tried.certificates)
  })
}

/** A valid path decides; else one that could not be checked, else the spent budget, else all have failed. */
function verdictOf(paths: readonly PathReport[], budget: Budget): Verdict {
  const any = (verdict: Verdict): boolean => paths.some((path) => path.verdict === verdict)
  if (any('valid')) return 'valid'
  if (any('valid-with-faults')) return 'valid-with-faults'
  if (any('unchecked')) return 'unchecked'
  return budget.exhausted !== null || any('exhausted') ? 'exhausted' : 'invalid'
}

const RANK: Record<Verdict, number> = {
  valid: 4,
  'valid-with-faults': 3,
  unchecked: 2,
  exhausted: 1,
  invalid: 0,
}

/**
 * Returns the valid path, or the closest to valid: complete before incomplete, then the fewest refusals, then the
 * first.
 */
function bestOf(paths: readonly PathReport[]): number {
  let best = -1
  for (const [i, path] of paths.entries()) if (best < 0 || isNearer(path, paths[best]!)) best = i
  return best
}

function isNearer(a: PathReport, b: PathReport): boolean {
  const byVerdict = RANK[a.verdict] - RANK[b.verdict]
  if (byVerdict !== 0) return byVerdict > 0
  if (a.complete !== b.complete) return a.complete
  const refusals = refusalsOf(a).length - refusalsOf(b).length
  return refusals !== 0 ? refusals < 0 : faultsOf(a).length < faultsOf(b).length
}

/** Everything that refuses the path. */
export const refusalsOf = (path: PathReport): readonly Finding[] =>
  path.certificates.flatMap(({ refusals }) => refusals)

/** All faults of a path that is valid all the same. */
export const faultsOf = (path: PathReport): readonly Finding[] =>
  path.certificates.flatMap(({ faults }) => faults)

export { createPool }
