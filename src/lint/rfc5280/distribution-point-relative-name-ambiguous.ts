import { hasDistributionPoints, distributionPoints } from '../distribution-points.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.13: nameRelativeToCRLIssuer is not used if cRLIssuer has more than one name. */
export const distributionPointRelativeNameAmbiguous: Rule<'distribution-point-relative-name-ambiguous'> = {
  code: 'distribution-point-relative-name-ambiguous',
  extensions: ['cRLDistributionPoints', 'freshestCRL'],
  applies: hasDistributionPoints,
  check: (certificate) =>
    breach(
      distributionPoints(certificate).some(
        ({ nameRelativeToCRLIssuer, cRLIssuer }) =>
          nameRelativeToCRLIssuer !== null &&
          cRLIssuer !== null &&
          cRLIssuer.filter(({ kind }) => kind === 'directoryName').length > 1,
      ),
    ),
}
