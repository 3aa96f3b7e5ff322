import type { GeneralName } from '../general-name.ts'
import type { Attribute } from '../name.ts'

/** ReasonFlags (RFC 5280 §4.2.1.13), by their bits; bit 0 is unused. */
export const REASON_FLAGS = [
  'unused',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
] as const
export type ReasonFlag = (typeof REASON_FLAGS)[number]

/** DistributionPointName (RFC 5280 §4.2.1.13): one of the two is not null. */
export interface DistributionPointName {
  readonly fullName: readonly GeneralName[] | null
  readonly nameRelativeToCRLIssuer: readonly Attribute[] | null
}

/** DistributionPoint (RFC 5280 §4.2.1.13); both names are null where distributionPoint is absent. */
export interface DistributionPoint extends DistributionPointName {
  readonly reasons: ReadonlySet<ReasonFlag> | null
  readonly cRLIssuer: readonly GeneralName[] | null
}
