import { hasDistributionPoints, distributionPoints, crlIssuerFault } from '../distribution-points.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.13: cRLIssuer is omitted if the issuer itself signs the list, and is a distinguished name otherwise. */
export const distributionPointCrlIssuer: Rule<'distribution-point-crl-issuer'> = {
  code: 'distribution-point-crl-issuer',
  extensions: ['cRLDistributionPoints', 'freshestCRL'],
  applies: hasDistributionPoints,
  check: (certificate) =>
    distributionPoints(certificate).flatMap(({ cRLIssuer }) => crlIssuerFault(cRLIssuer, certificate.issuer)),
}
