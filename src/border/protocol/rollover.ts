/** This part of the border shows what depends on an authority, and how one key replaces another. */
import type { RolloverPlan } from '../../ca/rollover-plan.ts'
import type { CertificateRow } from '../views.ts'

/** A certificate of the plan, with its octets for installation. */
export interface RolloverCertificate {
  readonly row: CertificateRow
  readonly der: Uint8Array
}

export interface RolloverView extends RolloverPlan {
  /** `root`: two roots that certify each other; `intermediate`: two CAs below the same anchor. */
  readonly kind: 'root' | 'intermediate'
  readonly old: RolloverCertificate
  readonly fresh: RolloverCertificate
  readonly oldWithNew: RolloverCertificate | null
  readonly newWithOld: RolloverCertificate | null
  /** Certificates below the old key that are valid now. */
  readonly below: number
  readonly lastBelow: Date | null
}

/** The certificates that become invalid with an authority. */
export interface DependentsView {
  /** All valid certificates below it, at all levels. */
  readonly total: number
  readonly authorities: number
  /** How many of these expire after its own certificate. */
  readonly outlive: number
  /** When the last of them expires. */
  readonly lastEnd: Date | null
  /** The first of them, longest-lived first. */
  readonly rows: readonly CertificateRow[]
  /** Other valid certificates of the same key: paths through those remain valid. */
  readonly others: readonly CertificateRow[]
}

/** How many certificates have each status, on one day. */
export interface AsOfView {
  readonly valid: number
  /** Valid by themselves, below a CA that is not valid. */
  readonly broken: number
  readonly future: number
  readonly expired: number
  readonly revoked: number
}

/** When what one CA issued ends, revoked ones left out. */
export interface EndsView {
  readonly authorityId: string
  /** By month of end (UTC), in order. */
  readonly months: readonly { readonly from: Date; readonly count: number }[]
  /** The end of each that ends within 30 days of the day asked for, in order. */
  readonly soon: readonly Date[]
}

export interface RolloverMethods {
  'hierarchy.asOf': { in: { at: Date }; out: AsOfView }
  /** Counted from the catalogue alone: no record is read. CAs that issued nothing are left out. */
  'hierarchy.ends': { in: { at: Date }; out: readonly EndsView[] }
  /** From an authority to its successor with a new key. Rejects with 'rollover-none'. */
  'rollover.plan': { in: { authorityId: string }; out: RolloverView }
  'authority.dependents': { in: { certificateId: string }; out: DependentsView }
}
