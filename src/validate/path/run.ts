import type { Finding, FindingCode } from '../../findings.ts'
import { FINDINGS } from '../../findings.ts'
import { anchorCountsIn, isStrict, type Profile } from '../../lint/profiles.ts'
import type { Place } from '../../findings/row.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { Broken } from '../build/search.ts'
import { isSelfIssued } from '../../x509/roles.ts'
import type { PathCertificate, RuleRow, Verdict } from '../report.ts'
import { HELD, NOT_APPLICABLE } from '../outcome.ts'
import type { Outcome } from '../outcome.ts'
import { recallAbove, rememberAbove } from './above.ts'
import { ANCHOR, initialState, requireAnchorNotRevoked } from './anchor.ts'
import { requireKeyIdentifier } from './key-identifier-steps.ts'
import { PEER } from './peer-steps.ts'
import { rejectUnknownCriticalExtensions } from './critical-extensions.ts'
import { PREPARE, requireCa, requireKeyCertSign } from './prepare.ts'
import { PROCESS, requireValidity } from './process.ts'
import { PURPOSE, requireNestedPurpose } from './purpose-steps.ts'
import { findingsIn, isError } from './profile-rows.ts'
import type { Above, PathState } from './state.ts'
import type { PathContext, Step } from './step.ts'
import { WRAP_UP } from './wrap-up.ts'

export interface CheckedPath {
  readonly verdict: Verdict
  readonly certificates: readonly PathCertificate[]
}

/** Checks that §6 does not make of the anchor, which it treats only as a name, a key and constraints. */
const NOT_ASKED_OF_ANCHOR: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'not-yet-valid',
  'expired',
  'not-a-ca',
  'key-cert-sign-missing',
  'critical-extension-unknown',
])
/** Requirements of §4 on CAs, which §6 does not check. */
const NOT_ASKED_BY_PATH: ReadonlySet<FindingCode> = new Set<FindingCode>(['key-identifier-mismatch'])

/** Whether a finding of a step refuses the path. */
export function stepRefuses(
  profile: Profile,
  place: Place,
  { code }: Finding,
  anchorCounts = false,
): boolean {
  if (FINDINGS[code].severity !== 'error') return false
  if (isStrict(profile)) return true
  if (NOT_ASKED_BY_PATH.has(code)) return false
  return profile === 'standard' || anchorCounts || !(place === 'anchor' && NOT_ASKED_OF_ANCHOR.has(code))
}

type Shared = Omit<PathContext, 'index' | 'selfIssued'>

/** RFC 5280 §6.1 on one path, anchor first; every step runs, whatever the earlier ones found. */
export async function checkPath(shared: Shared): Promise<CheckedPath> {
  const { path, n } = shared
  const { state, certificates: above } = recallAbove(shared) ?? (await checkAbove(shared))
  const context: PathContext = { ...shared, index: n, selfIssued: n === 0 || isSelfIssued(path[n]!) }
  const checking = checkCertificate(state, path[n]!, context, 'target', n > 0 ? TARGET : ANCHOR_AS_TARGET)
  const certificates = [...above, checking instanceof Promise ? await checking : checking]
  return { verdict: verdictOf(certificates), certificates }
}

/** Everything but the target. */
async function checkAbove(shared: Shared): Promise<Above> {
  const { path, n } = shared
  const certificates: PathCertificate[] = []
  const first: PathContext = { ...shared, index: 0, selfIssued: true }
  const state = initialState(path[0]!, first)
  const anchorSteps = countsAnchor(shared) ? ANCHOR_ABOVE : ANCHOR_ALONE
  for (let index = 0; index < n; index++) {
    const certificate = path[index]!
    const context = index === 0 ? first : { ...shared, index, selfIssued: isSelfIssued(certificate) }
    const checking =
      index === 0
        ? checkCertificate(state, certificate, context, 'anchor', anchorSteps)
        : checkCertificate(state, certificate, context, 'ca', INTERMEDIATE)
    certificates.push(checking instanceof Promise ? await checking : checking)
  }
  const above = { state, certificates }
  rememberAbove(shared, above)
  return above
}

/** Whether the anchor's own certificate is checked at all. */
const countsAnchor = ({ options, profile }: Shared): boolean =>
  options.anchorConstraints ?? anchorCountsIn(profile)

const ANCHOR_ALONE: readonly Step[] = [requireAnchorNotRevoked]
const ANCHOR_ABOVE: readonly Step[] = [...ANCHOR, requireNestedPurpose, requireAnchorNotRevoked]
const INTERMEDIATE: readonly Step[] = [...PROCESS, requireKeyIdentifier, ...PREPARE, requireNestedPurpose]
const TARGET: readonly Step[] = [...PROCESS, requireKeyIdentifier, ...WRAP_UP, ...PURPOSE, ...PEER]
/** A target that is itself trusted: there is no issuer to check it against. */
const ANCHOR_AS_TARGET: readonly Step[] = [
  requireValidity,
  requireAnchorNotRevoked,
  ...WRAP_UP,
  ...PURPOSE,
  ...PEER,
]

/** Awaits only if a step does: most certificates of a pool are processed synchronously. */
function checkCertificate(
  state: PathState,
  certificate: Certificate,
  context: PathContext,
  place: Place,
  steps: readonly Step[],
): PathCertificate | Promise<PathCertificate> {
  const { profile, options } = context
  const anchorCounts = options.anchorConstraints === true
  const rows: (RuleRow | Promise<RuleRow>)[] = []
  let isWaiting = false
  for (const step of steps) {
    const outcome = step.run(state, certificate, context)
    if (outcome instanceof Promise) {
      isWaiting = true
      rows.push(outcome.then((settled) => rowOf(step, settled, profile, place, anchorCounts)))
    } else rows.push(rowOf(step, outcome, profile, place, anchorCounts))
  }
  return isWaiting
    ? Promise.all(rows.map((row) => Promise.resolve(row))).then((settled) =>
        checked(settled, certificate, context, place),
      )
    : checked(rows as RuleRow[], certificate, context, place)
}

function checked(
  rows: readonly RuleRow[],
  certificate: Certificate,
  { pool, index, path, profile, profileRows }: PathContext,
  place: Place,
): PathCertificate {
  let undecided: PathCertificate['undecided'] = null
  for (const row of rows)
    if (row.outcome === 'unchecked' && undecided !== 'unchecked') undecided = reasonOf(row)
  const { findings, refusals } = findingsIn(rows)
  // A trusted target counts as an anchor: how it was made was settled by trusting it.
  const asked = index === 0 && pool.isAnchor(certificate) ? 'anchor' : place
  const added = profileRows.of(certificate, asked, path[index - 1] ?? null)
  return {
    certificate,
    // The first certificate of an incomplete path is usually not an anchor.
    from: pool.isAnchor(certificate) ? 'trust' : 'sent',
    place,
    rows,
    demands: added.rows,
    findings: joined(findings, added.findings),
    refusals: joined(refusals, added.refusals),
    faults: profile === 'standard' && asked !== 'anchor' ? faultsIn(rows, added.faults) : NO_FAULTS,
    undecided,
  }
}

const NO_FAULTS: readonly Finding[] = []

/** Errors that a step found without refusing (requirements of §4, not §6), and the added findings. */
function faultsIn(rows: readonly RuleRow[], added: readonly Finding[]): readonly Finding[] {
  const own = rows.filter(({ outcome, refused }) => outcome === 'failed' && !refused)
  return own.length === 0 ? added : [...own.flatMap(({ findings }) => findings.filter(isError)), ...added]
}

/** Usually there is nothing to join. */
const joined = <T>(own: readonly T[], added: readonly T[]): readonly T[] =>
  added.length === 0 ? own : own.length === 0 ? added : [...own, ...added]

/** Steps that need no anchor, so that other faults of a path that does not reach one are still reported. */
const BELOW_BREAK: Record<'ca' | 'target', readonly Step[]> = {
  ca: [
    requireValidity,
    requireCa,
    requireKeyCertSign,
    rejectUnknownCriticalExtensions('§6.1.4(o)'),
    requireNestedPurpose,
  ],
  target: [requireValidity, rejectUnknownCriticalExtensions('§6.1.5(f)'), ...PURPOSE, ...PEER],
}

/** An incomplete path: the reason, on its certificate, and what can be checked of each without an anchor. */
export async function brokenPath(shared: Shared, { finding, index: broken }: Broken): Promise<CheckedPath> {
  const { path, n, pool } = shared
  const state = initialState(path[0]!, { ...shared, index: 0, selfIssued: true })
  const certificates: PathCertificate[] = []
  for (const [index, certificate] of path.entries()) {
    const place = index === n ? 'target' : index === 0 && pool.isAnchor(certificate) ? 'anchor' : 'ca'
    const context: PathContext = {
      ...shared,
      index,
      selfIssued: isSelfIssued(certificate),
    }
    const steps = place !== 'anchor' ? BELOW_BREAK[place] : countsAnchor(shared) ? ANCHOR : []
    const checked = await checkCertificate(state, certificate, context, place, steps)
    certificates.push(index === broken ? withBreak(checked, finding) : checked)
  }
  return { verdict: 'invalid', certificates }
}

function withBreak(checked: PathCertificate, finding: Finding): PathCertificate {
  const { section } = FINDINGS[finding.code]
  const row: RuleRow = {
    step: 'build-path',
    section,
    outcome: 'failed',
    detail: null,
    findings: [finding],
    refused: true,
  }
  return {
    ...checked,
    rows: [row, ...checked.rows],
    findings: [finding, ...checked.findings],
    refusals: [finding, ...checked.refusals],
  }
}

function rowOf(step: Step, outcome: Outcome, profile: Profile, place: Place, anchorCounts: boolean): RuleRow {
  if (outcome === HELD) return step.heldRow
  if (outcome === NOT_APPLICABLE) return step.notApplicableRow
  const { detail, findings, sources } = outcome
  const refused =
    findings.length > 0 &&
    outcome.outcome !== 'unchecked' &&
    findings.some((finding) => stepRefuses(profile, place, finding, anchorCounts))
  const row = { step: step.name, section: step.section, outcome: outcome.outcome, detail, findings, refused }
  return sources ? { ...row, sources } : row
}

/** Why a row was not decided: the budget was spent, or it cannot be checked here. */
const reasonOf = ({ findings }: RuleRow): 'exhausted' | 'unchecked' =>
  findings.some(({ code }) => code === 'budget-exhausted') ? 'exhausted' : 'unchecked'

/** Refused for a reason → invalid; else undecided → unchecked, or exhausted if the budget was the reason. */
function verdictOf(certificates: readonly PathCertificate[]): Verdict {
  if (certificates.some(({ refusals }) => refusals.length > 0)) return 'invalid'
  const reasons = certificates.map(({ undecided }) => undecided)
  if (reasons.includes('unchecked')) return 'unchecked'
  if (reasons.includes('exhausted')) return 'exhausted'
  return certificates.some(({ faults }) => faults.length > 0) ? 'valid-with-faults' : 'valid'
}
