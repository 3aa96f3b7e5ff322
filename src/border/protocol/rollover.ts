/** What hangs on an authority, and how one key gives way to another: this part of the border. */
import type { RolloverPlan } from '../../ca/rollover-plan.ts'
import type { CertificateRow } from '../views.ts'

/** A certificate of the plan, with its octets to be installed. */
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

/** What falls with an authority. */
export interface DependentsView {
  /** Everything that is valid now and hangs below it, all levels down. */
  readonly total: number
  readonly authorities: number
  /** Of these, how many are dated to last longer than its certificate. */
  readonly outlive: number
  /** When the last of them ends. */
  readonly lastEnd: Date | null
  /** The first of them, the longest lasting first. */
  readonly rows: readonly CertificateRow[]
  /** Other valid certificates of the same key: below those, paths stay. */
  readonly others: readonly CertificateRow[]
}

/** How many certificates stand how, on one day. */
export interface AsOfView {
  readonly valid: number
  /** Valid by themselves, below a CA that is not. */
  readonly broken: number
  readonly future: number
  readonly expired: number
  readonly revoked: number
}

export interface RolloverMethods {
  'hierarchy.asOf': { in: { at: Date }; out: AsOfView }
  /** From an authority to the one that took over with a new key. Rejects with 'rollover-none'. */
  'rollover.plan': { in: { authorityId: string }; out: RolloverView }
  'authority.dependents': { in: { certificateId: string }; out: DependentsView }
}
