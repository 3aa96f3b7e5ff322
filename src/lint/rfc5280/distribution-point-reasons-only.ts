import { hasDistributionPoints, distributionPoints } from '../distribution-points.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.13: a DistributionPoint does not consist of reasons alone: distributionPoint or cRLIssuer is present. */
export const distributionPointReasonsOnly: Rule<'distribution-point-reasons-only'> = {
  code: 'distribution-point-reasons-only',
  extensions: ['cRLDistributionPoints', 'freshestCRL'],
  applies: hasDistributionPoints,
  check: (certificate) =>
    breach(
      distributionPoints(certificate).some(
        ({ fullName, nameRelativeToCRLIssuer, cRLIssuer }) =>
          fullName === null && nameRelativeToCRLIssuer === null && cRLIssuer === null,
      ),
    ),
}
