import type { Certificate } from '../x509/certificate.ts'
import type { DistributionPoint } from '../x509/extensions/distribution-points.ts'
import type { GeneralName } from '../x509/general-name.ts'
import type { Name } from '../x509/name.ts'
import { sameOctets } from '../octets.ts'

/**
 * The two extensions that consist of DistributionPoints (RFC 5280 §4.2.1.13, §4.2.1.15), and those of access
 * descriptions.
 */
export const DISTRIBUTION_POINT_EXTENSIONS = ['cRLDistributionPoints', 'freshestCRL'] as const
export const INFO_ACCESS = ['authorityInfoAccess', 'subjectInfoAccess'] as const

export const hasDistributionPoints = ({ cRLDistributionPoints, freshestCRL }: Certificate): boolean =>
  cRLDistributionPoints !== null || freshestCRL !== null

export const distributionPoints = ({
  cRLDistributionPoints,
  freshestCRL,
}: Certificate): readonly DistributionPoint[] => [...(cRLDistributionPoints ?? []), ...(freshestCRL ?? [])]

/** Returns the fault of a cRLIssuer, if any: it is the issuer's own name, or holds no distinguished name. */
export function crlIssuerFault(
  cRLIssuer: readonly GeneralName[] | null,
  issuer: Name,
): readonly { fault: 'is-issuer' | 'not-a-name' }[] {
  if (cRLIssuer === null || cRLIssuer.length === 0) return []
  const names = cRLIssuer.flatMap((name) => (name.kind === 'directoryName' ? [name.name] : []))
  if (names.length === 0) return [{ fault: 'not-a-name' }]
  return names.some(({ der }) => sameOctets(der, issuer.der)) ? [{ fault: 'is-issuer' }] : []
}
