import type { FindingCode } from '../../findings.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { ValidateOptions } from '../options.ts'
import type { Pool } from '../pool.ts'
import type { Report, Verdict } from '../report.ts'
import { sameOctets } from '../../octets.ts'
import { validate } from '../validate.ts'

/** A period with one verdict for one reason. */
export interface Era {
  readonly from: Date
  /** Last instant, inclusive. */
  readonly to: Date
  readonly verdict: Verdict
  /** Codes that refuse the best path, in its order. */
  readonly refusals: readonly FindingCode[]
}

export interface TimelineOptions {
  /** Maximum number of instants evaluated; each costs one validation. */
  readonly limit?: number
  readonly signal?: AbortSignal
}

/** Each evaluation is a full validation; a chain of ten with its CRLs has about forty instants of change. */
const LIMIT = 120

/**
 * Returns the verdict from the earliest notBefore to the latest notAfter of the paths tried: evaluated at every instant
 * at which a date in a certificate or CRL could change it; equal neighbours are merged.
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

/** Codes that refuse the path to show, each once; empty if it is valid. */
export function refusalsOf(report: Report): readonly FindingCode[] {
  const path = report.paths[report.best]
  return [...new Set(path?.certificates.flatMap(({ refusals }) => refusals.map(({ code }) => code)))]
}

/** The first instants at which something is valid, and the last ones. */
interface Turns {
  readonly begins: readonly (Date | null)[]
  readonly ends: readonly (Date | null)[]
}

function instantsOfChange(target: Certificate, pool: Pool, base: Report): Date[] {
  const tried = base.paths.flatMap((path) => path.certificates.map((each) => each.certificate))
  const certificates = [...new Set([target, ...tried])]
  const asksStatus = (base.options.revocation ?? 'none') !== 'none'
  const turns = [
    ...certificates.map(({ notBefore, notAfter }) => ({ begins: [notBefore], ends: [notAfter] })),
    ...(asksStatus ? [...listTurns(certificates, pool), ...responseTurns(certificates, pool)] : []),
  ]
  const times = new Set<number>()
  for (const { begins, ends } of turns) {
    for (const date of begins) if (date) times.add(date.getTime())
    for (const date of ends) if (date) times.add(date.getTime() + SECOND)
  }
  return [...times].sort((a, b) => a - b).map((time) => new Date(time))
}

/** A later CRL or response can report an earlier date; the change begins with that date. */
const listTurns = (certificates: readonly Certificate[], { certificateLists }: Pool): Turns[] =>
  certificateLists.map(({ thisUpdate, nextUpdate, revokedCertificates }) => ({
    begins: [
      thisUpdate,
      ...certificates.flatMap(({ serialNumber }) =>
        revokedCertificates.find(serialNumber).map(({ revocationDate }) => revocationDate),
      ),
    ],
    ends: [nextUpdate],
  }))

const responseTurns = (certificates: readonly Certificate[], { ocspResponses }: Pool): Turns[] =>
  ocspResponses.flatMap(({ basic }) =>
    (basic?.responses ?? [])
      .filter(({ certId }) => certificates.some((each) => sameOctets(each.serialNumber, certId.serialNumber)))
      .map(({ certStatus, thisUpdate, nextUpdate }) => ({
        begins: [
          thisUpdate,
          basic?.producedAt ?? null,
          certStatus.status === 'revoked' ? certStatus.revocationTime : null,
        ],
        ends: [nextUpdate],
      })),
  )
