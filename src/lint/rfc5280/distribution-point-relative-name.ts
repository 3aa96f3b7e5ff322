import { hasDistributionPoints, distributionPoints } from '../distribution-points.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.13: conforming CAs should not use nameRelativeToCRLIssuer. */
export const distributionPointRelativeName: Rule<'distribution-point-relative-name'> = {
  code: 'distribution-point-relative-name',
  extensions: ['cRLDistributionPoints', 'freshestCRL'],
  applies: hasDistributionPoints,
  check: (certificate) =>
    breach(distributionPoints(certificate).some((point) => point.nameRelativeToCRLIssuer !== null)),
}
