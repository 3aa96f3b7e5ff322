import { DISTRIBUTION_POINT_EXTENSIONS, hasDistributionPoints } from '../distribution-points.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.13: at least one DistributionPoint, and at least one name in each. */
export const distributionPointsEmpty: Rule<'distribution-points-empty'> = {
  code: 'distribution-points-empty',
  extensions: ['cRLDistributionPoints', 'freshestCRL'],
  applies: hasDistributionPoints,
  check: (certificate) =>
    DISTRIBUTION_POINT_EXTENSIONS.filter(
      (extension) =>
        certificate[extension]?.length === 0 ||
        certificate[extension]?.some(
          ({ fullName, cRLIssuer }) => fullName?.length === 0 || cRLIssuer?.length === 0,
        ),
    ).map((extension) => ({ extension })),
}
