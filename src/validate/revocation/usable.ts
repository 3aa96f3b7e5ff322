import { lintList } from '../../lint/list/index.ts'
import { FINDINGS } from '../../findings.ts'
import { isOverSha1 } from '../../x509/signature-algorithms.ts'
import { sameOctets } from '../../octets.ts'
import { EXTENSION_OIDS, LIST_EXTENSION_OIDS } from '../../x509/oids.ts'
import type { Finding } from '../../findings.ts'
import type { CertificateList } from '../../x509/certificate-list.ts'
import type { Signed } from '../../x509/certificate.ts'
import { isStrict, type Profile } from '../../lint/profiles.ts'

/** Critical CRL extensions that are processed here (RFC 5280 §5.2). */
const PROCESSED: ReadonlySet<string> = new Set([
  EXTENSION_OIDS.issuerAltName,
  LIST_EXTENSION_OIDS.cRLNumber,
  LIST_EXTENSION_OIDS.deltaCRLIndicator,
  LIST_EXTENSION_OIDS.issuingDistributionPoint,
  EXTENSION_OIDS.authorityKeyIdentifier,
  EXTENSION_OIDS.freshestCRL,
  EXTENSION_OIDS.authorityInfoAccess,
])
/** These determine the scope of the CRL. */
const SCOPE: ReadonlySet<string> = new Set([
  LIST_EXTENSION_OIDS.deltaCRLIndicator,
  LIST_EXTENSION_OIDS.issuingDistributionPoint,
])

/** Faults of a CRL, and their effect on its three possible uses. */
export interface Usability {
  readonly findings: readonly Finding[]
  /** §5.2, §5.3: it must not be used at all. Being named on it still counts against a certificate. */
  readonly isForbidden: boolean
  /** Whether it may say that a certificate is good. */
  readonly isSound: boolean
}

const remembered = new WeakMap<CertificateList, Map<string, Usability>>()

/** `profile`: under the strict ones, an issuer that neglects its duties (§5) weakens its CRL's statement of good. */
export function usability(list: CertificateList, profile: Profile, allowSha1: boolean): Usability {
  let known = remembered.get(list)
  if (!known) remembered.set(list, (known = new Map<string, Usability>()))
  const key = `${profile} ${String(allowSha1)}`
  let usable = known.get(key)
  if (!usable) known.set(key, (usable = usabilityOf(list, profile, allowSha1)))
  return usable
}

function usabilityOf(list: CertificateList, profile: Profile, allowSha1: boolean): Usability {
  const unknown = unknownCritical(list)
  const unread = list.findings.filter(isUnread)
  const imperfect = list.findings.filter(({ code }) => code === 'crl-entry-imperfect')
  const forged = weaknesses(list, allowSha1)
  const neglected = lintList(list, profile)
  const isCritical = (oid: string): boolean =>
    list.extensions.some((extension) => extension.oid === oid && extension.critical)
  return {
    findings: [...unknown, ...forged, ...unread, ...imperfect, ...neglected],
    isForbidden: unknown.length > 0 || unread.some(({ detail: { oid } }) => isCritical(oid)),
    isSound:
      forged.length === 0 &&
      list.version <= 2 &&
      !unread.some(({ detail: { oid } }) => SCOPE.has(oid)) &&
      !(isStrict(profile) && [...unread, ...imperfect, ...neglected].some(isDuty)),
  }
}

const isDuty = ({ code }: Finding): boolean => FINDINGS[code].severity !== 'notice' && !code.startsWith('br-')

type Unread = Extract<Finding, { code: 'extension-unreadable' | 'extension-repeated' }>
const isUnread = (finding: Finding): finding is Unread =>
  finding.code === 'extension-unreadable' || finding.code === 'extension-repeated'

function unknownCritical(list: CertificateList): Finding[] {
  return [
    ...list.extensions
      .filter(({ oid, critical }) => critical && !PROCESSED.has(oid))
      .map(({ oid }): Finding => ({ code: 'crl-critical-extension-unknown', detail: { oid } })),
    ...[...list.revokedCertificates.unknownCritical].map((oid): Finding => ({
      code: 'crl-entry-critical-extension-unknown',
      detail: { oid },
    })),
  ]
}

/** Faults that allow the CRL to be forged. */
function weaknesses(list: CertificateList, allowSha1: boolean): Finding[] {
  const { thisUpdate, nextUpdate } = list
  const findings: Finding[] = []
  if (isForgeable(list, allowSha1))
    findings.push({ code: 'crl-signature-sha1', detail: { thisUpdate, nextUpdate } })
  if (!sameOctets(list.signature.der, list.signatureAlgorithm.der))
    findings.push({ code: 'crl-signature-algorithm-mismatch', detail: null })
  return findings
}

/** As for certificates: a signature over SHA-1 counts only if the caller allows it (RFC 6194 §3). */
export function isForgeable({ signatureAlgorithm }: Signed, allowSha1: boolean): boolean {
  return !allowSha1 && isOverSha1(signatureAlgorithm)
}

/** §6.3.3(a): whether the CRL is current. A stale one still says which are revoked, but not which are good. */
export function currency({ thisUpdate, nextUpdate }: CertificateList, at: Date): Finding | null {
  if (thisUpdate > at) return { code: 'crl-not-yet-valid', detail: { thisUpdate, at } }
  return nextUpdate && at > nextUpdate ? { code: 'crl-stale', detail: { thisUpdate, nextUpdate, at } } : null
}
