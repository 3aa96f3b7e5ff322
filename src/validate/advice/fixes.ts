import type { Finding, FindingCode } from '../../findings.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { GeneralName } from '../../x509/general-name.ts'
import type { PeerName } from '../options.ts'
import { hexOf } from '../../octets.ts'
import { nameToText } from '../../x509/name.ts'
import { isSelfIssued } from '../../x509/roles.ts'
import { PURPOSES } from '../purpose.ts'
import type { Purpose } from '../purpose.ts'
import { isValid } from '../report.ts'
import type { PathReport, Report } from '../report.ts'
import { ACCESS_METHOD_OIDS } from '../../x509/oids.ts'

/** Something a person can do to change the verdict, as data: the page offers it, a test applies it. */
export type Fix = Act & {
  /** The finding that it answers. */
  readonly code: FindingCode
}

type Act =
  | {
      readonly kind: 'add-issuer'
      readonly issuer: string
      readonly keyIdentifier: string | null
      readonly addresses: readonly string[]
    }
  /** The path ends at this certificate, which is not among the trusted ones. */
  | { readonly kind: 'trust'; readonly certificate: Certificate }
  /** A CA below a missing or expired certificate; its self-signed certificate may be trusted directly. */
  | { readonly kind: 'trust-namesake'; readonly subject: string; readonly keyIdentifier: string | null }
  | { readonly kind: 'validate-at'; readonly at: Date }
  | { readonly kind: 'ask-name'; readonly name: PeerName }
  | { readonly kind: 'ask-purpose'; readonly purpose: Purpose | 'any' }
  /** A current status is missing: the URLs of its CRL and of its OCSP responder. */
  | {
      readonly kind: 'add-list'
      readonly certificate: Certificate
      readonly addresses: readonly string[]
      readonly responders: readonly string[]
    }
  /** Listings on the given CRLs still count; a missing status no longer refuses. */
  | { readonly kind: 'revocation-as-given' }
  | { readonly kind: 'without-nesting' }
  | { readonly kind: 'allow-sha1' }
  | { readonly kind: 'without-pin'; readonly actual: string }

/** Findings of a path, each with the certificate it is about. */
interface Placed {
  readonly finding: Finding
  readonly certificate: Certificate
  /** Statements of CRLs and OCSP responses about it. */
  readonly beside: readonly Finding[]
}

/**
 * Returns the fixes for the report's best path, each once, in path order; empty if it is valid or nothing would help.
 */
export function fixesOf(report: Report): readonly Fix[] {
  const path = report.paths[report.best]
  if (!path || isValid(path.verdict)) return []
  const placed = path.certificates.flatMap(({ certificate, refusals, rows }) => {
    const beside = rows.flatMap(({ sources = [] }) => sources.flatMap(({ findings }) => findings))
    return refusals.map((finding) => ({ finding, certificate, beside }))
  })
  const fixes: Fix[] = placed.flatMap((each) => {
    const act = actOn(each, path, report)
    return act === null ? [] : [{ ...act, code: each.finding.code }]
  })
  fixes.push(...namesakes(path))
  // After the fix that adds the missing CRLs: adding them is better than not requiring them.
  if (fixes.some(({ kind }) => kind === 'add-list'))
    fixes.push({ kind: 'revocation-as-given', code: 'revocation-undetermined' })
  return fixes.filter((fix, index) => fixes.findIndex((other) => sameFix(other, fix)) === index)
}

/**
 * If the top of the path has expired or has no issuer here, and the CA below it was certified by another: the usual
 * case of a root that was cross-signed by an older one.
 */
function namesakes({ certificates, complete }: PathReport): Fix[] {
  const [top, second] = certificates
  if (!top) return []
  const hasEnded = top.refusals.some(({ code }) => code === 'expired') && isSelfIssued(top.certificate)
  const lacksIssuer = !complete && top.refusals.some(({ code }) => code === 'issuer-missing')
  const ca = hasEnded ? second : lacksIssuer ? top : undefined
  if (!ca || ca.place === 'target' || isSelfIssued(ca.certificate)) return []
  const { subject, subjectKeyIdentifier } = ca.certificate
  const keyIdentifier = subjectKeyIdentifier && hexOf(subjectKeyIdentifier)
  const code = hasEnded ? 'expired' : 'issuer-missing'
  return [{ kind: 'trust-namesake', subject: nameToText(subject), keyIdentifier, code }]
}

const sameFix = (a: Fix, b: Fix): boolean =>
  a.kind === b.kind && ('certificate' in a && 'certificate' in b ? a.certificate === b.certificate : true)

function actOn({ finding, certificate, beside }: Placed, path: PathReport, { options }: Report): Act | null {
  switch (finding.code) {
    case 'issuer-missing':
      // No issuer helps certificates whose validity periods share no day.
      if (validateAt(path) === null) return null
      return {
        kind: 'add-issuer',
        issuer: finding.detail.issuer,
        keyIdentifier: finding.detail.keyIdentifier,
        addresses: finding.detail.addresses,
      }
    case 'anchor-missing':
      return { kind: 'trust', certificate }
    case 'expired':
    case 'not-yet-valid':
      return validateAt(path)
    case 'peer-name-mismatch':
      return askName(finding.detail, options)
    case 'purpose-not-allowed':
      return askPurpose(finding.detail.allowed)
    case 'purpose-not-nested':
      return options.ekuNesting === false ? null : { kind: 'without-nesting' }
    case 'revocation-undetermined':
      return beside.some(({ code }) => code === 'crl-signature-sha1' || code === 'ocsp-signature-sha1')
        ? { kind: 'allow-sha1' }
        : { kind: 'add-list', certificate, ...whereStatusIs(certificate) }
    case 'signature-sha1':
      return { kind: 'allow-sha1' }
    case 'pin-mismatch':
      return { kind: 'without-pin', actual: finding.detail.actual }
    default:
      return null
  }
}

/** Returns the latest instant at which every certificate of the path is valid, if there is one. */
function validateAt({ certificates }: PathReport): Act | null {
  const start = Math.max(...certificates.map(({ certificate }) => certificate.notBefore.getTime()))
  const end = Math.min(...certificates.map(({ certificate }) => certificate.notAfter.getTime()))
  return start <= end ? { kind: 'validate-at', at: new Date(end) } : null
}

const same = (a: string, b: string): boolean =>
  a.replace(/\.$/, '').toLowerCase() === b.replace(/\.$/, '').toLowerCase()

const NAME_KINDS: ReadonlySet<string> = new Set<PeerName['kind']>(['DNS', 'IP', 'RFC822', 'URI', 'UPN', 'CN'])

function askName(
  { kind, present }: { kind: string; present: readonly string[] },
  { peerNames = [] }: Report['options'],
): Act | null {
  const isAsked = (value: string): boolean => peerNames.some((asked) => same(asked.value, value))
  const value = present
    .map((name) => name.replace(/^\*\./, 'www.').replace(/\.$/, ''))
    .find((name) => name !== '' && !isAsked(name))
  return value !== undefined && NAME_KINDS.has(kind)
    ? { kind: 'ask-name', name: { kind: kind as PeerName['kind'], value } }
    : null
}

function askPurpose(allowed: readonly string[]): Act {
  const known = (Object.keys(PURPOSES) as Purpose[]).find(
    (purpose) => allowed.includes(purpose) || allowed.includes(PURPOSES[purpose].oid),
  )
  return { kind: 'ask-purpose', purpose: known ?? 'any' }
}

/** The CRL distribution points (§4.2.1.13) and OCSP responders (§4.2.2.1) that the certificate names. */
function whereStatusIs({ cRLDistributionPoints, authorityInfoAccess }: Certificate): {
  addresses: string[]
  responders: string[]
} {
  const points = cRLDistributionPoints?.flatMap(({ fullName }) => fullName ?? []) ?? []
  const answers = authorityInfoAccess?.filter(({ method }) => method === OCSP) ?? []
  return { addresses: uris(points), responders: uris(answers.map(({ location }) => location)) }
}

const OCSP = ACCESS_METHOD_OIDS.ocsp
const uris = (names: readonly GeneralName[]): string[] =>
  names.flatMap((name) => (name.kind === 'uniformResourceIdentifier' ? [name.value] : []))
