/** Which case of the measurement a presented chain is. */
import { sameOctets } from '../octets.ts'
import type { PathReport, Report } from '../validate/report.ts'
import type { Certificate } from '../x509/certificate.ts'
import { nameKey } from '../x509/name-matching.ts'
import { isCa, isSelfIssued } from '../x509/roles.ts'
import { ownOf, readable } from './chain.ts'
import { ofCaKey, ofCertificate, ofNames } from './circumstance/certificate.ts'
import { ofFindings } from './circumstance/findings.ts'
import { ofStatus } from './circumstance/status.ts'
import type { Circumstance, Unusual } from './circumstance/unusual.ts'
import type { Case } from './programs/cases.ts'
import type { Possession } from './judge/judgement.ts'
import type { Side } from './wire/transcript.ts'

/** What one side presents, and our validator's report on it with the other's trust. */
export interface Presented {
  readonly presenter: Side
  /** DER of the certificates as sent, its own first. */
  readonly sent: readonly Uint8Array[]
  /** The other side's trust bundle. */
  readonly anchors: readonly Certificate[]
  /** Null without a certificate of its own that can be read. */
  readonly report: Report | null
  readonly possession: Possession
  /** Other certificates that are known: an intermediate that was not sent is recognized by them. */
  readonly known?: readonly Certificate[]
}

export function circumstanceOf(presented: Presented): Circumstance {
  const { presenter, sent, report } = presented
  if (sent.length === 0) return presenter === 'client' ? 'none' : 'unmeasured'
  const read = readable(sent)
  const own = ownOf(sent)
  if (own === null) return read.length === sent.length - 1 ? 'garbage' : 'unmeasured'
  if (read.length < sent.length) return 'unmeasured'
  if (isSecond(read)) return 'leaf-second'
  const path = report?.paths[report.best]
  if (!report || !path) return 'unmeasured'
  const found: readonly Unusual[] = [
    ...(presented.possession === 'wrong-key' ? (['bad-cv'] as const) : []),
    ...ofCertificate(own, presenter),
    ...path.certificates.slice(0, -1).flatMap(({ certificate }) => ofCaKey(certificate)),
    ...ofNames(own, report.options.peerNames ?? [], presenter),
    ...ofFindings(path),
    ...ofStatus(path, report.options),
    ...ofStructure(read, path, presented),
  ]
  const unusual = new Set(found)
  for (const [over, under] of CONTAINS) if (unusual.has(over)) for (const each of under) unusual.delete(each)
  if (unusual.size === 0) return 'ok'
  return unusual.size === 1 ? [...unusual][0]! : 'several'
}

/** Cases that were measured with something else that is unusual in them. */
const CONTAINS: readonly (readonly [over: Unusual, under: readonly Unusual[]])[] = [
  ['unordered', ['two-int']],
  ['pathlen', ['two-int']],
  ['issuer-not-ca', ['int-no-certsign']],
]

/** The issuing CA is first, and the certificate that it issued after it. */
const isSecond = ([first, ...rest]: readonly Certificate[]): boolean =>
  isCa(first!) && rest.some((each) => !isCa(each) && nameKey(each.issuer) === nameKey(first!.subject))

const includes = (all: readonly Certificate[], { der }: Certificate): boolean =>
  all.some((each) => sameOctets(each.der, der))

/** Measured with one intermediate; these with none, or whatever was sent. */
const DEPTHS: Readonly<Record<number, Case | null>> = {
  1: null,
  2: 'two-int',
  7: 'deep-7',
  11: 'deep-11',
  20: 'deep-20',
}

function ofStructure(
  sent: readonly Certificate[],
  path: PathReport,
  presented: Presented,
): readonly Unusual[] {
  const { anchors } = presented
  const own = sent[0]!
  if (includes(anchors, own)) return [isSelfIssued(own) ? 'self-pin' : 'leaf-pin']
  if (sent.some((each, i) => includes(sent.slice(0, i), each))) return ['unmeasured']
  const certificates = path.certificates.map(({ certificate }) => certificate)
  const isOutside = (each: Certificate): boolean => !includes(certificates, each) && !includes(anchors, each)
  const extra: readonly Unusual[] = sent.some(isOutside) ? ['extra-cert'] : []
  const top = certificates[0]!
  const isNamed = anchors.some(({ subject }) => nameKey(subject) === nameKey(top.issuer))
  const isRoot = isSelfIssued(top)
  if (path.complete) {
    // With the root in the bundle too, programs that want one find it.
    if (!isRoot) return [...extra, isNamed ? 'unmeasured' : 'partial']
    const isRootSent = includes(sent, top)
    const between = certificates.slice(1, -1)
    return [...extra, ...(isRootSent ? (['root-sent'] as const) : []), ...ofBetween(sent, between, path)]
  }
  // An anchor of that name has another key, or the signature of a CA is wrong.
  if (isNamed && path.certificates[0]!.refusals.some(({ code }) => code === 'issuer-missing'))
    return [...extra, 'unmeasured']
  // A signature that is wrong ends the search, below an anchor that would have been next.
  if (isNamed && !isRoot && !isSelfIssued(own))
    return [...extra, ...ofBetween(sent, certificates.slice(0, -1), path)]
  return [...extra, ofMissing(own, top, presented)]
}

/** The intermediates of a path, from the top. */
function ofBetween(
  sent: readonly Certificate[],
  between: readonly Certificate[],
  path: PathReport,
): readonly Unusual[] {
  const found: Unusual[] = []
  if (between.some((each) => !includes(sent, each))) found.push('unmeasured')
  const order = sent.filter((each) => includes(between, each))
  if (!order.every((each, i) => sameOctets(each.der, between.at(-1 - i)!.der))) found.push('unordered')
  const depth = DEPTHS[between.length]
  const isRootExpired = path.certificates[0]!.refusals.some(({ code }) => code === 'expired')
  if (depth === undefined && !(isRootExpired && between.length === 0)) found.push('unmeasured')
  return depth ? [...found, depth] : found
}

/** The path ends below an anchor. */
function ofMissing(own: Certificate, top: Certificate, { anchors, known = [] }: Presented): Unusual {
  if (isSelfIssued(own)) return 'self-signed'
  if (isSelfIssued(top)) return 'unknown-ca-root-sent'
  const issuers = known.filter(({ subject }) => nameKey(subject) === nameKey(top.issuer))
  const isBelow = (each: Certificate): boolean =>
    anchors.some(({ subject }) => nameKey(subject) === nameKey(each.issuer))
  return issuers.some(isBelow) ? 'missing-int' : 'unknown-ca'
}
