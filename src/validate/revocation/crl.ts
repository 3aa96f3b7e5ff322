import { compareIntegers, deltaMisfit } from './delta.ts'
import { nameKey, namesMatch } from '../../x509/name-matching.ts'
import { NO_REASONS, reasonsIn, reasonsMask } from './reasons.ts'
import { distributionPoints, outOfScope } from './scope.ts'
import { findSigner } from './signer.ts'
import type { FoundSigner } from './signer.ts'
import { currency, usability } from './usable.ts'
import { hexOf } from '../../octets.ts'
import { LIST_EXTENSION_OIDS } from '../../x509/oids.ts'
import type { Finding } from '../../findings.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { CertificateList } from '../../x509/certificate-list.ts'
import type { DistributionPoint } from '../../x509/extensions/distribution-points.ts'
import type { RevokedEntry } from '../../x509/revoked-entry.ts'
import type { RevocationContext } from './context.ts'
import type { ReasonsMask } from './reasons.ts'
import type { Usability } from './usable.ts'
import { listedAs } from './statement.ts'
import type { Says, Statement, StatusSource } from './statement.ts'

/** The result: statements that count, and everything that was consulted. */
export interface Gathered {
  readonly statements: readonly Statement[]
  readonly sources: readonly StatusSource[]
}

/** A CRL that may cover the certificate, before its signature is checked. */
interface Candidate {
  readonly list: CertificateList
  readonly isDelta: boolean
  /**
   * Whether its scope covers this certificate. If it does not but names it all the same, its silence clears nothing.
   */
  readonly isInScope: boolean
  /** Whether it is an indirect CRL of a CA above, which no distribution point of the certificate names. */
  readonly isUnnamed: boolean
  readonly reasons: ReasonsMask
  readonly says: Says
  readonly overdue: Finding | null
  readonly usability: Usability
}

interface Gathering {
  readonly certificate: Certificate
  readonly context: RevocationContext
  readonly statements: Statement[]
  readonly sources: StatusSource[]
  /** Complete CRLs with a valid signature, with their signer and the indices of their records. */
  readonly bases: Base[]
}

interface Base {
  readonly list: CertificateList
  readonly found: FoundSigner
  readonly signer: Certificate
  readonly statement: number
  readonly source: number
}

/**
 * RFC 5280 §6.3.3: returns what the given CRLs say about the certificate. A CRL that names it is always followed up,
 * whatever else is wrong with it; of the others, as many as are needed to know that it is good.
 */
export async function listStatements(
  certificate: Certificate,
  context: RevocationContext,
): Promise<Gathered> {
  const gathering: Gathering = { certificate, context, statements: [], sources: [], bases: [] }
  const candidates = candidatesFor(gathering)
  const [stray, scoped] = [
    candidates.filter(({ isInScope }) => !isInScope),
    candidates.filter(({ isInScope }) => isInScope),
  ]
  const complete = scoped.filter(({ isDelta }) => !isDelta)
  const deltas = scoped.filter(({ isDelta }) => isDelta)
  for (const candidate of stray)
    record(
      candidate,
      await findSigner(candidate.list, context),
      candidate.isUnnamed ? 'not-named' : 'scope',
      gathering,
    )
  for (const candidate of [...complete.filter(isNaming), ...complete.filter((each) => !isNaming(each))])
    await followComplete(candidate, deltas, gathering)
  for (const delta of deltas) await followDelta(delta, complete, gathering)
  return gathering
}

const isNaming = ({ says }: Pick<Candidate, 'says'>): boolean =>
  says.status !== 'good' && says.status !== 'nothing'

/**
 * Returns the CRLs in scope by §6.3.3(b), and those that name it out of scope, newest first; the others are only
 * reported.
 */
function candidatesFor({ certificate, context, sources }: Gathering): Candidate[] {
  const points = distributionPoints(certificate)
  const candidates: Candidate[] = []
  for (const list of [...context.certificateLists].sort(newestFirst)) {
    const misfits = points.map((point) => outOfScope(list, certificate, point))
    const isDelta = list.deltaCRLIndicator !== null
    const isUnnamed = misfits.every((misfit) => misfit === 'issuer')
    if (isUnnamed && !isOfCaAbove(list, context)) {
      // A stranger's CRL, not named by a distribution point of the certificate: reported, but not used.
      if (list.issuingDistributionPoint?.indirectCRL && entryFor(list, certificate))
        sources.push(sourceOf({ list, isDelta }, null, 'scope'))
      continue
    }
    const entry = entryFor(list, certificate)
    // A CRL that names another CA's certificate is an indirect CRL, whether or not it says so.
    const inScope = points.filter(
      (_point, i) =>
        (misfits[i] === null || (misfits[i] === 'indirect' && entry)) && !(entry && isOfNobody(list, entry)),
    )
    const says = saysOf(entry, list, context.at)
    const isInScope = inScope.length > 0
    if (!isInScope && !isNaming({ says })) {
      if (isUnnamed) continue
      sources.push(sourceOf({ list, isDelta }, null, 'scope'))
      continue
    }
    candidates.push({
      list,
      isDelta,
      isInScope,
      isUnnamed,
      reasons: reasonsOf(list, isInScope ? inScope : points),
      says,
      overdue: currency(list, context.at),
      usability: usability(list, context.profile, context.allowSha1),
    })
  }
  return candidates
}

const isOfCaAbove = (
  { issuer, issuingDistributionPoint }: CertificateList,
  { path }: RevocationContext,
): boolean =>
  issuingDistributionPoint?.indirectCRL === true && path.some(({ subject }) => namesMatch(subject, issuer))

/** §6.3.3(d): the reasons covered by both the CRL and the distribution point. */
function reasonsOf(list: CertificateList, points: readonly DistributionPoint[]): ReasonsMask {
  const listed = reasonsMask(list.issuingDistributionPoint?.onlySomeReasons ?? null)
  return points.reduce((mask, point) => mask | (listed & reasonsMask(point.reasons)), NO_REASONS)
}

/**
 * Returns the entry for this issuer and serial number; if there are several, the most severe. On a CRL that is not
 * indirect, a certificate issuer is not allowed (§5.3.3), and does not remove a certificate of the CRL's own issuer
 * from it.
 */
function entryFor(list: CertificateList, { serialNumber, issuer }: Certificate): RevokedEntry | null {
  const isOwn = namesMatch(list.issuer, issuer)
  const isIndirect = list.issuingDistributionPoint?.indirectCRL === true
  const entries = list.revokedCertificates
    .find(serialNumber)
    .filter(
      ({ certificateIssuer }) =>
        (isOwn && (!isIndirect || !namesDirectory(certificateIssuer))) ||
        certificateIssuer?.some((name) => name.kind === 'directoryName' && namesMatch(name.name, issuer)),
    )
  return entries.sort((a, b) => weightOf(b) - weightOf(a))[0] ?? null
}

const namesDirectory = (names: RevokedEntry['certificateIssuer']): boolean =>
  names?.some(({ kind }) => kind === 'directoryName') === true

/**
 * §5.3.3: on an indirect CRL, an entry whose issuer has no directory name: it is unknown whose certificate it means.
 */
const isOfNobody = (
  { issuingDistributionPoint }: CertificateList,
  { certificateIssuer }: RevokedEntry,
): boolean =>
  issuingDistributionPoint?.indirectCRL === true &&
  certificateIssuer !== null &&
  !namesDirectory(certificateIssuer)

const weightOf = ({ reasonCode }: RevokedEntry): number =>
  reasonCode === 'removeFromCRL' ? 0 : reasonCode === 'certificateHold' ? 1 : 2

function saysOf(
  entry: RevokedEntry | null,
  { thisUpdate, deltaCRLIndicator }: CertificateList,
  at: Date,
): Says {
  if (!entry) return { status: deltaCRLIndicator !== null ? 'nothing' : 'good' }
  const { reasonCode: reason, revocationDate: since, invalidityDate } = entry
  if (reason === 'removeFromCRL') return { status: 'removed' }
  return listedAs({ reason, since, invalidityDate }, thisUpdate, at)
}

async function followComplete(
  candidate: Candidate,
  deltas: readonly Candidate[],
  gathering: Gathering,
): Promise<void> {
  const { list } = candidate
  const isBase = deltas.some((delta) => deltaMisfit(delta.list, list) === null)
  if (!isNaming(candidate) && !isBase && !isNeeded(candidate, gathering)) {
    const { overdue, usability: usable } = candidate
    const told = overdue ? [...usable.findings, overdue] : []
    gathering.sources.push(sourceOf(candidate, null, overdue ? standingOf(overdue) : 'not-needed', told))
    return
  }
  const found = await findSigner(list, gathering.context)
  const { signer } = found
  const { bases, statements, sources } = gathering
  if (signer && found.forbidden === null)
    bases.push({ list, found, signer, statement: statements.length, source: sources.length })
  record(candidate, found, null, gathering)
}

const standingOf = ({ code }: Finding): 'stale' | 'future' => (code === 'crl-stale' ? 'stale' : 'future')

/** Whether the silence of a current CRL could clear the certificate for some reason not covered yet. */
function isNeeded({ overdue, list, reasons }: Candidate, { statements }: Gathering): boolean {
  if (overdue) return false
  const silent = statements.filter(
    ({ says, isSound, forbidden, standing }) =>
      isSound && forbidden === null && standing === 'current' && says.status === 'good',
  )
  const covered = silent.reduce((mask, each) => mask | each.reasons, NO_REASONS)
  const holds = statements.filter(({ says }) => says.status === 'on-hold')
  const isNewerThanSome = holds.some(({ thisUpdate }) => list.thisUpdate >= thisUpdate)
  return (reasons & ~covered) !== NO_REASONS || isNewerThanSome
}

/** §6.3.3(c), (h): applied to a complete CRL signed by the same key; not used alone. */
async function followDelta(
  delta: Candidate,
  complete: readonly Candidate[],
  gathering: Gathering,
): Promise<void> {
  const { context } = gathering
  const bases: Base[] = []
  for (const base of gathering.bases)
    if (deltaMisfit(delta.list, base.list) === null)
      if ((await context.verifySigned(delta.list, base.signer.spki)) === 'valid') bases.push(base)
  if (bases.length > 0) {
    record(delta, bases[0]!.found, null, gathering)
    if (delta.overdue === null && !delta.usability.isForbidden && delta.usability.isSound)
      for (const base of bases) refresh(base, gathering)
    return
  }
  const misfits = complete.map(({ list }) => deltaMisfit(delta.list, list))
  const misfit = misfits.includes(null) ? 'key' : (misfits[0] ?? 'missing')
  const { thisUpdate, nextUpdate } = delta.list
  const lone: Finding = { code: 'crl-delta-without-base', detail: { misfit, thisUpdate, nextUpdate } }
  if (!isNaming(delta) && misfit !== 'key') {
    gathering.sources.push(sourceOf(delta, null, 'scope', [lone]))
    return
  }
  const found = await findSigner(delta.list, context)
  const { signer, findings } = found
  const all = signer !== null || misfit !== 'key' ? [lone, ...findings] : findings
  record(delta, { ...found, findings: all }, 'delta-without-base', gathering)
}

/** Records what the CRL says, unless no authorized signer signed it. */
function record(
  candidate: Candidate,
  { signer, unchecked, isLapsed, forbidden: barred, findings }: FoundSigner,
  unfit: 'scope' | 'not-named' | 'delta-without-base' | null,
  { statements, sources }: Gathering,
): void {
  const { list, isDelta, reasons, says, overdue, usability: usable } = candidate
  const all = [...usable.findings, ...(overdue ? [overdue] : []), ...findings]
  if (!signer && unchecked === null) {
    sources.push(sourceOf(candidate, null, 'signer', all))
    return
  }
  const standing = overdue ? standingOf(overdue) : 'current'
  const forbidden = !signer
    ? 'signature-unchecked'
    : usable.isForbidden
      ? 'critical-extension'
      : (barred ?? unfit)
  const { thisUpdate, cRLNumber: number } = list
  const isSound = usable.isSound && !isLapsed
  const series = seriesOf(list, signer)
  statements.push({
    source: 'crl',
    series,
    says,
    thisUpdate,
    number,
    isDelta,
    reasons,
    standing,
    forbidden,
    isSound,
  })
  const stage = forbidden ? 'forbidden' : standing !== 'current' ? standing : isSound ? 'used' : 'weak'
  sources.push(sourceOf(candidate, says.status, stage, all))
}

/** §5.2.3: CRL numbers are a sequence of one CA (a name and a key) for one scope. */
function seriesOf({ issuer, extensions }: CertificateList, signer: Certificate | null): string {
  const scope = extensions.find(({ oid }) => oid === LIST_EXTENSION_OIDS.issuingDistributionPoint)
  const parts = [nameKey(issuer), signer ? hexOf(signer.spki.der) : '', scope ? hexOf(scope.value) : '']
  return parts.join(' ')
}

/** §5.2.4: a current delta CRL applied to an expired complete CRL gives a current CRL. */
function refresh(base: Base, { statements, sources }: Gathering): void {
  const [statement, source] = [statements[base.statement]!, sources[base.source]!]
  if (statement.standing !== 'stale') return
  statements[base.statement] = { ...statement, standing: 'current' }
  const stage = source.stage !== 'stale' ? source.stage : statement.isSound ? 'used' : 'weak'
  sources[base.source] = {
    ...source,
    stage,
    findings: source.findings.filter(({ code }) => code !== 'crl-stale'),
  }
}

function newestFirst(a: CertificateList, b: CertificateList): number {
  const difference = b.thisUpdate.getTime() - a.thisUpdate.getTime()
  if (difference !== 0 || !a.cRLNumber || !b.cRLNumber) return difference
  return compareIntegers(b.cRLNumber, a.cRLNumber)
}

function sourceOf(
  { list, isDelta }: Pick<Candidate, 'list' | 'isDelta'>,
  says: StatusSource['says'],
  stage: StatusSource['stage'],
  findings: readonly Finding[] = [],
): StatusSource {
  const reasons = list.issuingDistributionPoint?.onlySomeReasons
  return {
    kind: isDelta ? 'delta' : 'list',
    thisUpdate: list.thisUpdate,
    nextUpdate: list.nextUpdate,
    producedAt: null,
    cRLNumber: list.cRLNumber && hexOf(list.cRLNumber),
    entries: list.revokedCertificates.count,
    onlySomeReasons: reasons ? reasonsIn(reasonsMask(reasons)) : null,
    says,
    stage,
    findings,
  }
}
