/** Renewal's part of the border: a certificate takes the place of another. */
import type { ValidityInput } from '../../ca/input.ts'
import type { Finding, FindingCode } from '../../findings.ts'
import type { BulkMethods } from './bulk.ts'
import type { CrossMethods } from './cross.ts'
import type { RolloverMethods } from './rollover.ts'
import type { EndEntityKeeping, KeyKeeping } from '../protocol.ts'
import type { Actor, ExportFile, PreparedFieldView, PreparedView } from '../views.ts'

/** `renewed` stands in the place of the old one; the other two tie a root's old and new key together (RFC 4210 §4.4). */
export type RenewalRole = 'renewed' | 'old-with-new' | 'new-with-old'

export interface RenewalInput {
  readonly certificateId: string
  /** `same` renews: the key stays. `new` replaces it. */
  readonly key: 'same' | 'new'
  /** Of the new key; null: as the old one is. */
  readonly keyAlgorithm: string | null
  /** Who signs; null: the CA that signed the old one, or the one that took over from it. */
  readonly authorityId: string | null
  /** Null: as the profile says, or where there is none as long as the old one. */
  readonly validity: ValidityInput | null
}

/** One certificate that would be signed. */
export interface RenewalPart extends Pick<PreparedView, 'errors' | 'warnings' | 'name' | 'issuerName'> {
  readonly role: RenewalRole
  readonly fields: readonly PreparedFieldView[]
  readonly findings: readonly Finding[]
  readonly notBefore: Date
  readonly notAfter: Date
}

export interface RenewalView {
  /** Signs all parts once; null where a finding forbids one of them. */
  readonly token: string | null
  readonly parts: readonly RenewalPart[]
  /** The CAs here whose keys sign them. */
  readonly signers: readonly string[]
  readonly clock: PreparedView['clock']
}

export interface RenewedView {
  readonly certificateId: string
  /** The CA with the new key, where there is one. */
  readonly authorityId: string | null
  /** An end-entity's new key when it is handed out once instead of kept. */
  readonly handedOut: ExportFile | null
}

export interface RenewalMethods extends RolloverMethods, BulkMethods, CrossMethods {
  /** Subject, names and extensions come from the signed octets of the old certificate; nothing is stored. */
  'renewal.prepare': { in: RenewalInput; out: RenewalView }
  'renewal.sign': {
    in: {
      token: string
      acknowledged: readonly FindingCode[]
      /** For a CA's new key. */
      caKey: KeyKeeping
      /** For an end-entity's new key. */
      endEntityKey: EndEntityKeeping
      /** Revokes the old one as superseded in the same act. */
      revokeFormer: boolean
      actor: Actor
    }
    out: RenewedView
  }
  'renewal.discard': { in: { token: string }; out: null }
}
