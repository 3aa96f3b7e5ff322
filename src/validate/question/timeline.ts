import type { FindingCode } from '../../findings.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { ValidateOptions } from '../options.ts'
import type { Pool } from '../pool.ts'
import type { Report, Verdict } from '../report.ts'
import { sameOctets } from '../../x509/octets.ts'
import { validate } from '../validate.ts'

/** A stretch of time with one verdict for one reason. */
export interface Era {
  readonly from: Date
  /** Last instant, inclusive. */
  readonly to: Date
  readonly verdict: Verdict
  /** What refuses the best path, in its order. */
  readonly refusals: readonly FindingCode[]
}

export interface TimelineOptions {
  /** Instants looked at; each costs one validation. */
  readonly limit?: number
  readonly signal?: AbortSignal
}

/** Each judgement is a whole one; a chain of ten with its lists has about forty instants of change. */
const LIMIT = 120

/**
 * The verdict from the earliest notBefore to the latest notAfter of what was tried: judged anew at every instant at
 * which a date of a certificate or list could change it, and equal neighbours joined.
 */
export async function timeline(
  target: Certificate,
  pool: Pool,
  options: ValidateOptions,
  base: Report,
  { limit = LIMIT, signal }: TimelineOptions = {},
): Promise<readonly Era[]> {
  const instants = instantsOfChange(target, pool, base).slice(0, limit)
  const eras: Era[] = []
  for (const [index, at] of instants.entries()) {
    signal?.throwIfAborted()
    const report = await validate(target, pool, { ...options, at, explore: 'first' })
    const refusals = refusalsOf(report)
    const next = instants[index + 1]
    const to = next ? new Date(next.getTime() - SECOND) : at
    const last = eras.at(-1)
    if (last?.verdict === report.verdict && last.refusals.join() === refusals.join())
      eras[eras.length - 1] = { ...last, to }
    else eras.push({ from: at, to, verdict: report.verdict, refusals })
  }
  return eras
}

const SECOND = 1000

/** Codes that refuse the path to show, each once; none where it stands. */
export function refusalsOf(report: Report): readonly FindingCode[] {
  const path = report.paths[report.best]
  return [...new Set(path?.certificates.flatMap(({ refusals }) => refusals.map(({ code }) => code)))]
}

function instantsOfChange(target: Certificate, pool: Pool, base: Report): Date[] {
  const certificates = new Set([
    target,
    ...base.paths.flatMap((path) => path.certificates.map((each) => each.certificate)),
  ])
  const times = new Set<number>()
  const ends = (date: Date | null) => date && times.add(date.getTime() + SECOND)
  for (const { notBefore, notAfter } of certificates) {
    times.add(notBefore.getTime())
    ends(notAfter)
  }
  if ((base.options.revocation ?? 'none') !== 'none') {
    const begins = (date: Date | null) => date && times.add(date.getTime())
    for (const list of pool.certificateLists) {
      begins(list.thisUpdate)
      ends(list.nextUpdate)
      // What a later list says of an earlier date begins with its entry.
      for (const { serialNumber } of certificates)
        for (const { revocationDate } of list.revokedCertificates.find(serialNumber)) begins(revocationDate)
    }
    for (const { basic } of pool.ocspResponses)
      for (const { certId, certStatus, thisUpdate, nextUpdate } of basic?.responses ?? []) {
        if (![...certificates].some(({ serialNumber }) => sameOctets(serialNumber, certId.serialNumber)))
          continue
        for (const date of [thisUpdate, basic!.producedAt]) begins(date)
        ends(nextUpdate)
        if (certStatus.status === 'revoked') begins(certStatus.revocationTime)
      }
  }
  return [...times].sort((a, b) => a - b).map((time) => new Date(time))
}
