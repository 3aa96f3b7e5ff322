import type { CertificateList } from '../../x509/certificate-list.ts'
import type { IssuingDistributionPoint } from '../../x509/extensions/issuing-distribution-point.ts'
import { LIST_EXTENSION_OIDS, EXTENSION_OIDS } from '../../x509/oids.ts'
import { RevokedCertificates } from '../../x509/revoked-certificates.ts'
import { isFaultyLocation, uris } from '../general-names.ts'
import { parametersFault, SIGNATURE_PARAMETERS } from '../key-facts.ts'
import { breach } from '../rule.ts'
import { rule } from './rule.ts'
import type { AnyListRule } from './rule.ts'

/** The longest number that readers must support (§5.2.3), in octets of the INTEGER. */
const LONGEST_NUMBER = 20
const NEVER_CRITICAL = [
  LIST_EXTENSION_OIDS.cRLNumber,
  EXTENSION_OIDS.authorityKeyIdentifier,
  EXTENSION_OIDS.freshestCRL,
]
const ALWAYS_CRITICAL = [LIST_EXTENSION_OIDS.deltaCRLIndicator, LIST_EXTENSION_OIDS.issuingDistributionPoint]

/** RFC 5280 §5.1 and §5.2: the issuer's duties for the list as a whole. */
export const FORM_RULES: readonly AnyListRule[] = [
  rule('crl-version-1', ({ version }) => breach(version === 1)),
  rule('crl-version-unknown', ({ version }) => (version > 2 ? [{ version }] : [])),
  rule('crl-scope-empty', ({ issuingDistributionPoint }) =>
    breach(issuingDistributionPoint !== null && limitsNothing(issuingDistributionPoint)),
  ),
  rule('crl-signature-algorithm-parameters', ({ signatureAlgorithm: { oid, parameters } }) =>
    parametersFault(SIGNATURE_PARAMETERS, oid, parameters),
  ),
  rule('crl-next-update-missing', ({ nextUpdate }) => breach(nextUpdate === null)),
  rule('crl-dates-reversed', ({ thisUpdate, nextUpdate }) =>
    nextUpdate && nextUpdate < thisUpdate ? [{ thisUpdate, nextUpdate }] : [],
  ),
  rule('crl-entries-empty', ({ revokedCertificates }) =>
    breach(revokedCertificates.count === 0 && revokedCertificates !== RevokedCertificates.none),
  ),
  rule('crl-authority-key-identifier-missing', ({ authorityKeyIdentifier }) =>
    breach(!authorityKeyIdentifier?.keyIdentifier),
  ),
  rule('crl-number-missing', ({ cRLNumber }) => breach(cRLNumber === null)),
  rule('crl-number-negative', (list) =>
    (['cRLNumber', 'deltaCRLIndicator'] as const)
      .filter((field) => (list[field]?.[0] ?? 0) >= 0x80)
      .map((field) => ({ field })),
  ),
  rule('crl-number-too-long', ({ cRLNumber }) =>
    cRLNumber && cRLNumber.length > LONGEST_NUMBER ? [{ octets: cRLNumber.length }] : [],
  ),
  rule('crl-extension-critical', (list) => misplaced(list, NEVER_CRITICAL, true)),
  rule('crl-extension-not-critical', (list) => misplaced(list, ALWAYS_CRITICAL, false)),
  rule('crl-uri', (list) => addresses(list).filter(({ uri }) => isFaultyLocation(uri))),
]

/** §5.2.5: an extension that limits nothing must not be written. */
const limitsNothing = ({
  distributionPoint,
  onlySomeReasons,
  onlyContainsUserCerts,
  onlyContainsCACerts,
  onlyContainsAttributeCerts,
  indirectCRL,
}: IssuingDistributionPoint): boolean =>
  !distributionPoint &&
  !onlySomeReasons &&
  !(onlyContainsUserCerts || onlyContainsCACerts || onlyContainsAttributeCerts || indirectCRL)

const misplaced = ({ extensions }: CertificateList, oids: readonly string[], critical: boolean) =>
  extensions
    .filter((extension) => oids.includes(extension.oid) && extension.critical === critical)
    .map(({ oid }) => ({ oid }))

function addresses({ issuingDistributionPoint, freshestCRL, authorityInfoAccess }: CertificateList) {
  const of = <E extends string>(extension: E, found: readonly string[]) =>
    found.map((uri) => ({ extension, uri }))
  return [
    ...of('issuingDistributionPoint', uris(issuingDistributionPoint?.distributionPoint?.fullName ?? null)),
    ...of(
      'freshestCRL',
      (freshestCRL ?? []).flatMap(({ fullName }) => uris(fullName)),
    ),
    ...of('authorityInfoAccess', uris((authorityInfoAccess ?? []).map(({ location }) => location))),
  ]
}
