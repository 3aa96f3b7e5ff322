/** Renewal's part of the border: a certificate replaces another. */
import type { RenewalPart } from './renewal-part.ts'
import type { ValidityInput } from '../../ca/input.ts'
import type { FindingCode } from '../../findings.ts'
import type { BulkMethods } from './bulk.ts'
import type { CrossMethods } from './cross.ts'
import type { RolloverMethods } from './rollover.ts'
import type { EndEntityKeeping, KeyKeeping } from '../words.ts'
import type { Actor, ExportFile, PreparedView } from '../views.ts'

export interface RenewalInput {
  readonly certificateId: string
  /** `same` renews and keeps the key. `new` replaces it. */
  readonly key: 'same' | 'new'
  /** For the new key; null: as the old one's. */
  readonly keyAlgorithm: string | null
  /** The signer; null: the CA that signed the old one, or its successor. */
  readonly authorityId: string | null
  /** Null: as the profile says, or without a profile as long as the old one. */
  readonly validity: ValidityInput | null
}

export interface RenewalView {
  /** Signs all parts once; null if a finding forbids one of them. */
  readonly token: string | null
  readonly parts: readonly RenewalPart[]
  /** The CAs here whose keys sign them. */
  readonly signers: readonly string[]
  readonly clock: PreparedView['clock']
}

export interface RenewedView {
  readonly certificateId: string
  /** The CA with the new key, if there is one. */
  readonly authorityId: string | null
  /** An end-entity's new key if it is handed out once instead of kept; 'locked' if a lock came before it. */
  readonly handedOut: ExportFile | 'locked' | null
}

export interface RenewalMethods extends RolloverMethods, BulkMethods, CrossMethods {
  /** Subject, names and extensions come from the signed octets of the old certificate; stores nothing. */
  'renewal.prepare': { in: RenewalInput; out: RenewalView }
  'renewal.sign': {
    in: {
      token: string
      acknowledged: readonly FindingCode[]
      /** For a CA's new key. */
      caKey: KeyKeeping
      /** For an end-entity's new key. */
      endEntityKey: EndEntityKeeping
      /** Revokes the old one as superseded in the same transaction. */
      revokeFormer: boolean
      actor: Actor
    }
    out: RenewedView
  }
  'renewal.discard': { in: { token: string }; out: null }
}
