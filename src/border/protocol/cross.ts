/** This part of the border certifies another CA below one of ours. */
import type { CrossConstraints } from '../../ca/cross.ts'
import type { ValidityInput } from '../../ca/input.ts'
import type { PileProblem } from '../../containers/pile/items.ts'
import type { FindingCode } from '../../findings.ts'
import type { RenewalPart } from './renewal-part.ts'
import type { InFile } from '../words.ts'
import type { Actor, PreparedView } from '../views.ts'

/** An outside CA as found in the dropped files. */
export interface OutsideAuthority {
  readonly kind: 'certificate' | 'request'
  readonly der: Uint8Array
  readonly file: string
  readonly subject: string
  /** What it is called in short. */
  readonly name: string
  readonly keyAlgorithm: string
  readonly spkiHash: Uint8Array
  /**
   * Whether its own signature verifies with its key: for a request and a self-signed certificate it must; for a
   * certificate signed by another CA it cannot be checked here.
   */
  readonly signature: 'valid' | 'invalid' | 'unchecked' | 'by-another'
  /** Null for a request. */
  readonly notAfter: Date | null
  /** False if it says that it is not a CA; null if it does not say. */
  readonly ca: boolean | null
}

export interface CrossMethods {
  /** Reads CAs' certificates and requests in any container; stores nothing. */
  'cross.read': {
    in: { files: readonly InFile[] }
    out: { found: readonly OutsideAuthority[]; problems: readonly PileProblem[] }
  }
  'cross.prepare': {
    in: {
      authorityId: string
      kind: OutsideAuthority['kind']
      der: Uint8Array
      /** Null: five years, or until its own certificate expires. */
      validity: ValidityInput | null
      constraints: CrossConstraints
    }
    out: { token: string | null; part: RenewalPart; clock: PreparedView['clock'] }
  }
  /** Stores it, and adds the other CA to the hierarchy as one whose key is elsewhere. */
  'cross.sign': {
    in: { token: string; acknowledged: readonly FindingCode[]; actor: Actor }
    out: { certificateId: string }
  }
}
