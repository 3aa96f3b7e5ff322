import type { Fix } from '../../validate/advice/fixes.ts'
import type { ValidateOptions } from '../../validate/options.ts'
import type { PathCertificate, Report } from '../../validate/report.ts'
import { digest, sha256Hex } from '../../webcrypto/signature.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { nameToText } from '../../x509/name.ts'
import { sameOctets } from '../../octets.ts'
import { calledIn, callingName } from '../../x509/calling-name.ts'
import { factsOf } from '../shared/facts.ts'
import type { CertificateFacts } from '../../border/views.ts'
import type {
  FixView,
  ValidatedCertificate,
  MissingIssuer,
  PublicRootsUsed,
  ReportView,
  StoreAnchor,
} from '../../border/protocol/validate.ts'

/** The public roots that a question adds to the anchors. */
export interface Publicly {
  /** The version of Node that they were taken from. */
  readonly version: string
  readonly roots: readonly Certificate[]
  /** There are lists or responses. */
  readonly hasStatus: boolean
}

/** Returns the report as the page shows it: plain data, each certificate with what its card shows. */
export async function reportView(
  { engine, verdict, best, spent, paths, options }: Report,
  publicly: Publicly | null = null,
): Promise<ReportView> {
  const isPublic = ({ der }: Certificate): boolean =>
    publicly?.roots.some((root) => sameOctets(root.der, der)) === true
  const cards = new Map<Certificate, Promise<CertificateFacts>>()
  const view = async ({
    certificate,
    from,
    place,
    rows,
    demands,
    refusals,
    faults,
    undecided,
  }: PathCertificate): Promise<ValidatedCertificate> => {
    let card = cards.get(certificate)
    if (!card) cards.set(certificate, (card = factsOf(certificate)))
    const name = callingName(certificate)
    const all = [...rows, ...demands]
    return {
      name,
      issuerName: calledIn(certificate).issuerName,
      card: await card,
      der: certificate.der,
      from: from === 'trust' && isPublic(certificate) ? 'public' : from,
      place,
      rows: all,
      refusals,
      faults,
      undecided,
    }
  }
  const shown = paths.map(async ({ verdict: of, complete, certificates }) => ({
    verdict: of,
    complete,
    certificates: await Promise.all(certificates.map(view)),
    missing: missingIn(certificates[0]),
  }))
  const { at, purpose } = options
  const views = await Promise.all(shown)
  const publicRoots = views[best]?.certificates[0]?.from === 'public' ? usedIn(publicly, options) : null
  return { engine, verdict, best, spent, at, purpose, paths: views, publicRoots }
}

const usedIn = (publicly: Publicly | null, { revocation }: ValidateOptions): PublicRootsUsed | null =>
  publicly && {
    version: publicly.version,
    revocation:
      revocation === 'require'
        ? 'required'
        : revocation === 'given' && publicly.hasStatus
          ? 'given'
          : 'unchecked',
  }

/** Returns what the first certificate of a path says of its issuer, if that is missing. */
function missingIn(first: PathCertificate | undefined): MissingIssuer | null {
  const finding = first?.refusals.find((each) => each.code === 'issuer-missing')
  if (!first || !finding) return null
  const { keyIdentifier, addresses } = finding.detail
  return { name: calledIn(first.certificate).issuerName, keyIdentifier, addresses }
}

/** Returns the certificates of a trust store, in its own order. */
export const anchorViews = (certificates: readonly Certificate[]): Promise<StoreAnchor[]> =>
  Promise.all(
    certificates.map(async ({ subject, notAfter, spki, der }) => ({
      fingerprint: await sha256Hex(der),
      subject: nameToText(subject),
      notAfter,
      spkiHash: await digest('SHA-256', spki.der),
    })),
  )

/** Returns a suggested fix with its certificate by index in the pile; null if it is not in it. */
export function fixView(fix: Fix, pile: readonly Certificate[]): FixView | null {
  if (fix.kind === 'trust') {
    const index = pile.findIndex(({ der }) => sameOctets(der, fix.certificate.der))
    const { kind, code, certificate } = fix
    return index < 0 ? null : { kind, code, index, name: callingName(certificate) }
  }
  if (fix.kind === 'add-list') {
    const { certificate, ...rest } = fix
    return { ...rest, name: callingName(certificate) }
  }
  return fix
}
