import { oid, seq, setOf, tlv } from '../../der/writer.ts'
import { Reader } from '../../der/reader.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { generalNameKey } from './general-name.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { CertificateList } from '../../x509/certificate-list.ts'
import type { DistributionPoint, DistributionPointName } from '../../x509/extensions/distribution-points.ts'
import type { GeneralName } from '../../x509/general-name.ts'
import type { Attribute, Name } from '../../x509/name.ts'
import { isCa } from '../../x509/roles.ts'

/** Why a CRL does not cover a certificate (RFC 5280 §6.3.3(b)). */
export type OutOfScope =
  | 'issuer'
  | 'indirect'
  | 'distribution-point'
  | 'user-certificates'
  | 'ca-certificates'
  | 'attribute-certificates'

/**
 * Returns the distribution points to try: the certificate's own, then the one that §6.3.3 assumes for locally available
 * CRLs.
 */
export function distributionPoints(certificate: Certificate): DistributionPoint[] {
  const fullName = [directoryName(certificate.issuer), ...(certificate.issuerAltName ?? [])]
  const assumed = { fullName, nameRelativeToCRLIssuer: null, reasons: null, cRLIssuer: null }
  return [...(certificate.cRLDistributionPoints ?? []), assumed]
}

/** §6.3.3(b): returns null if `list` covers `certificate` at distribution point `point`, else the reason why not. */
export function outOfScope(
  list: CertificateList,
  certificate: Certificate,
  point: DistributionPoint,
): OutOfScope | null {
  const idp = list.issuingDistributionPoint
  if (!isIssuerOf(list, certificate, point)) return 'issuer'
  if (point.cRLIssuer && !idp?.indirectCRL) return 'indirect'
  if (!idp) return null
  const listed = idp.distributionPoint
  if (listed && !isNamedBy(listed, list.issuer, namesOfPoint(point, certificate))) return 'distribution-point'
  const ofCa = isCa(certificate)
  if (idp.onlyContainsUserCerts && ofCa) return 'user-certificates'
  if (idp.onlyContainsCACerts && !ofCa) return 'ca-certificates'
  return idp.onlyContainsAttributeCerts ? 'attribute-certificates' : null
}

/** §6.3.3(b)(1): the issuer of the CRL is the cRLIssuer of the distribution point, or the issuer of the certificate. */
function isIssuerOf(
  list: CertificateList,
  { issuer }: Certificate,
  { cRLIssuer }: DistributionPoint,
): boolean {
  if (!cRLIssuer) return namesMatch(list.issuer, issuer)
  return cRLIssuer.some((name) => name.kind === 'directoryName' && namesMatch(name.name, list.issuer))
}

function namesOfPoint(point: DistributionPoint, { issuer }: Certificate): readonly GeneralName[] {
  const { cRLIssuer } = point
  if (!point.fullName && !point.nameRelativeToCRLIssuer) return cRLIssuer ?? []
  const first = cRLIssuer?.find((name) => name.kind === 'directoryName')
  return namesOf(point, first?.name ?? issuer)
}

function namesOf(
  { fullName, nameRelativeToCRLIssuer }: DistributionPointName,
  base: Name,
): readonly GeneralName[] {
  if (fullName) return fullName
  return nameRelativeToCRLIssuer ? [directoryName(below(base, nameRelativeToCRLIssuer))] : []
}

const keysOfLists = new WeakMap<DistributionPointName, ReadonlySet<string>>()

/**
 * Whether a name of the CRL's distribution point is among these. A CRL is checked against many points: its names are
 * cached.
 */
function isNamedBy(listed: DistributionPointName, issuer: Name, names: readonly GeneralName[]): boolean {
  let keys = keysOfLists.get(listed)
  if (!keys) keysOfLists.set(listed, (keys = new Set(namesOf(listed, issuer).map(generalNameKey))))
  return names.some((name) => keys.has(generalNameKey(name)))
}

const directoryName = (name: Name): GeneralName => ({ kind: 'directoryName', name })

/** §4.2.1.13: nameRelativeToCRLIssuer is one more RDN below the name of the CRL's issuer. */
function below(base: Name, rdn: readonly Attribute[]): Name {
  const added = setOf(...rdn.map((attribute) => seq(oid(attribute.oid), tlv(attribute.tag, attribute.value))))
  return { der: seq(new Reader(base.der).content(), added), rdns: [...base.rdns, rdn] }
}
