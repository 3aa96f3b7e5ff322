import { compareIntegers, deltaMisfit } from './delta.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { ALL_REASONS, NO_REASONS, reasonsIn, reasonsMask } from './reasons.ts'
import { distributionPoints, outOfScope } from './scope.ts'
import { findSigner } from './signer.ts'
import { currency, issuerDemands, unusable } from './usable.ts'
import type { Detail } from '../outcome.ts'
import type { Finding } from '../../findings.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { CertificateList } from '../../x509/certificate-list.ts'
import type { DistributionPoint } from '../../x509/extensions/distribution-points.ts'
import type { RevokedEntry } from '../../x509/revoked-entry.ts'
import type { RevocationContext } from './context.ts'
import type { ReasonsMask } from './reasons.ts'
import { hexOf } from '../../x509/octets.ts'

/** cert_status of RFC 5280 §6.3.2 once it is not UNREVOKED. */
export interface Revocation {
  readonly entry: RevokedEntry
  readonly onHold: boolean
}

export interface ListsVerdict {
  readonly revocation: Revocation | null
  /** reasons_mask of §6.3.2: all of them, or the status is undetermined. */
  readonly reasons: ReasonsMask
  /** Why a signature could not be checked here, where that kept a list from being used. */
  readonly unchecked: string | null
  readonly findings: readonly Finding[]
  /** Each list that was considered, and how far it came. */
  readonly considered: readonly Detail[]
}

/** What is known while the lists are gone through. */
interface Progress {
  revocation: Revocation | null
  reasons: ReasonsMask
  unchecked: string | null
  readonly findings: Finding[]
  readonly considered: Detail[]
}

/** RFC 5280 §6.3.3: goes through the lists at hand until each reason is covered or the certificate is found revoked. */
export async function checkLists(
  certificate: Certificate,
  context: RevocationContext,
): Promise<ListsVerdict> {
  const points = distributionPoints(certificate)
  const progress: Progress = {
    revocation: null,
    reasons: NO_REASONS,
    unchecked: null,
    findings: [],
    considered: [],
  }
  const concerned = context.certificateLists.filter((list) => concerns(list, certificate, points))
  for (const list of concerned.filter((list) => !isDelta(list)).sort(newestFirst)) {
    if (progress.revocation || progress.reasons === ALL_REASONS) break
    const deltas = concerned.filter((delta) => isDelta(delta) && deltaMisfit(delta, list) === null)
    const stage = await consider(list, deltas, { certificate, points, context, progress })
    progress.considered.push({ ...describe(list), stage })
  }
  noteLoneDeltas(concerned, progress)
  return progress
}

/** How far a list came: the step of §6.3.3 that put it aside, or `used`. */
type Stage = 'scope' | 'reasons' | 'current' | 'usable' | 'signer' | 'used'

interface Question {
  readonly certificate: Certificate
  readonly points: readonly DistributionPoint[]
  readonly context: RevocationContext
  readonly progress: Progress
}

async function consider(
  list: CertificateList,
  deltas: CertificateList[],
  question: Question,
): Promise<Stage> {
  const { certificate, points, context, progress } = question
  const inScope = points.filter((point) => outOfScope(list, certificate, point) === null)
  if (inScope.length === 0) return 'scope'
  const reasons = newReasons(list, inScope, progress.reasons)
  if (reasons === NO_REASONS) return 'reasons'

  const faults = [...unusable(list, context.allowSha1), ...issuerDemands(list, context.profile)]
  progress.findings.push(...faults)
  if (faults.length > 0) return 'usable'
  const overdue = currency(list, context.at)
  if (overdue.some(({ code }) => code === 'crl-not-yet-valid')) {
    progress.findings.push(...overdue)
    return 'current'
  }

  const found = await findSigner(list, context)
  progress.findings.push(...found.findings)
  progress.unchecked ??= found.unchecked
  if (!found.signer) return 'signer'

  const delta = await usableDelta(deltas, found.signer, question)
  progress.revocation = search(list, delta, question)
  // A stale list may miss the latest revocations, unless a current delta brings it up to date (§5.2.4).
  if (overdue.length > 0 && !delta) {
    progress.findings.push(...overdue)
    if (progress.revocation?.onHold) progress.revocation = null
    return 'current'
  }
  progress.reasons |= reasons
  return 'used'
}

/** §6.3.3(d), (e): the reasons this list covers that none before it covered. */
function newReasons(
  list: CertificateList,
  points: readonly DistributionPoint[],
  covered: ReasonsMask,
): ReasonsMask {
  const listed = reasonsMask(list.issuingDistributionPoint?.onlySomeReasons ?? null)
  return points.reduce((mask, point) => mask | (listed & reasonsMask(point.reasons)), NO_REASONS) & ~covered
}

/** §6.3.3(c), (h): the newest current delta that the signer of the complete list signed too. */
async function usableDelta(
  deltas: readonly CertificateList[],
  signer: Certificate,
  { context, progress }: Question,
): Promise<CertificateList | null> {
  for (const delta of [...deltas].sort(newestFirst)) {
    const faults = [
      ...currency(delta, context.at),
      ...unusable(delta, context.allowSha1),
      ...issuerDemands(delta, context.profile),
    ]
    const verdict = faults.length === 0 ? await context.verifySigned(delta, signer.spki) : 'invalid'
    progress.considered.push({ ...describe(delta), stage: verdict === 'valid' ? 'used' : 'usable' })
    if (verdict === 'valid') return delta
    progress.findings.push(...faults)
    if (faults.length === 0)
      progress.findings.push({ code: 'crl-signature-invalid', detail: reference(delta) })
  }
  return null
}

/** §6.3.3(i) to (k): the delta speaks first; removeFromCRL means not revoked. */
function search(list: CertificateList, delta: CertificateList | null, question: Question): Revocation | null {
  const entry = (delta && entryFor(delta, question.certificate)) ?? entryFor(list, question.certificate)
  if (!entry || entry.reasonCode === 'removeFromCRL') return null
  return { entry, onHold: entry.reasonCode === 'certificateHold' }
}

/** The entry for this issuer and serial number; where a list has several, one that is not a mere hold. */
function entryFor(list: CertificateList, { serialNumber, issuer }: Certificate): RevokedEntry | null {
  const entries = list.revokedCertificates
    .find(serialNumber)
    .filter(({ certificateIssuer }) =>
      certificateIssuer === null
        ? namesMatch(list.issuer, issuer)
        : certificateIssuer.some((name) => name.kind === 'directoryName' && namesMatch(name.name, issuer)),
    )
  return entries.find(({ reasonCode }) => reasonCode !== 'certificateHold') ?? entries[0] ?? null
}

/** Whether the list is by the issuer of the certificate, or by one that its distribution points name. */
function concerns(
  list: CertificateList,
  certificate: Certificate,
  points: readonly DistributionPoint[],
): boolean {
  return points.some((point) => outOfScope(list, certificate, point) !== 'issuer')
}

/** A delta without the complete list it belongs to says nothing of the others (§5.2.4). */
function noteLoneDeltas(
  concerned: readonly CertificateList[],
  { reasons, findings, considered }: Progress,
): void {
  if (reasons === ALL_REASONS) return
  const complete = concerned.filter((list) => !isDelta(list))
  for (const delta of concerned.filter(isDelta)) {
    const misfits = complete.map((list) => deltaMisfit(delta, list))
    if (misfits.includes(null)) continue
    findings.push({
      code: 'crl-delta-without-base',
      detail: { misfit: misfits[0] ?? 'missing', ...reference(delta) },
    })
    considered.push({ ...describe(delta), stage: 'scope' })
  }
}

const isDelta = (list: CertificateList): boolean => list.deltaCRLIndicator !== null

function newestFirst(a: CertificateList, b: CertificateList): number {
  const difference = b.thisUpdate.getTime() - a.thisUpdate.getTime()
  return difference || compareIntegers(b.cRLNumber ?? ZERO, a.cRLNumber ?? ZERO)
}
const ZERO = Uint8Array.of(0)

const reference = ({
  thisUpdate,
  nextUpdate,
}: CertificateList): { thisUpdate: Date; nextUpdate: Date | null } => ({
  thisUpdate,
  nextUpdate,
})

function describe(list: CertificateList): { [key: string]: Detail } {
  const idp = list.issuingDistributionPoint
  return {
    kind: isDelta(list) ? 'delta' : 'complete',
    thisUpdate: list.thisUpdate,
    nextUpdate: list.nextUpdate,
    cRLNumber: list.cRLNumber && hexOf(list.cRLNumber),
    entries: list.revokedCertificates.count,
    onlySomeReasons: idp?.onlySomeReasons ? reasonsIn(reasonsMask(idp.onlySomeReasons)) : null,
  }
}
