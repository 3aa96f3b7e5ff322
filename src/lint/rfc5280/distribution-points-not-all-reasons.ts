import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** §4.2.1.13: at least one DistributionPoint points to a list that covers all reasons. */
export const distributionPointsNotAllReasons: Rule<'distribution-points-not-all-reasons'> = {
  code: 'distribution-points-not-all-reasons',
  extensions: ['cRLDistributionPoints'],
  applies: ({ cRLDistributionPoints }) => cRLDistributionPoints !== null && cRLDistributionPoints.length > 0,
  check: ({ cRLDistributionPoints }) =>
    breach(cRLDistributionPoints?.every(({ reasons }) => reasons !== null) === true),
}
