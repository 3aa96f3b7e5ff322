import type { DistributionPointName, ReasonFlag } from './distribution-points.ts'

/** IssuingDistributionPoint (RFC 5280 §5.2.5): which certificates and reasons a list speaks of. */
export interface IssuingDistributionPoint {
  readonly distributionPoint: DistributionPointName | null
  readonly onlyContainsUserCerts: boolean
  readonly onlyContainsCACerts: boolean
  readonly onlySomeReasons: ReadonlySet<ReasonFlag> | null
  readonly indirectCRL: boolean
  readonly onlyContainsAttributeCerts: boolean
}
