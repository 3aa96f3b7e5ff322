/** Another CA certified below one of ours: this part of the border. */
import type { CrossConstraints } from '../../ca/cross.ts'
import type { ValidityInput } from '../../ca/input.ts'
import type { PileProblem } from '../../containers/pile/items.ts'
import type { FindingCode } from '../../findings.ts'
import type { RenewalPart } from './renewal-part.ts'
import type { InFile } from '../words.ts'
import type { Actor, PreparedView } from '../views.ts'

/** An outside CA as it was found in what was dropped. */
export interface OutsideAuthority {
  readonly kind: 'certificate' | 'request'
  readonly der: Uint8Array
  readonly file: string
  readonly subject: string
  readonly keyAlgorithm: string
  readonly spkiHash: Uint8Array
  /**
   * Whether its own signature verifies with the key in it: of a request and a self-signed certificate it must; of a
   * certificate that another signed it cannot be checked here.
   */
  readonly signature: 'valid' | 'invalid' | 'unchecked' | 'by-another'
  /** Null for a request. */
  readonly notAfter: Date | null
  /** False where it says of itself that it is no CA; null where it says nothing. */
  readonly ca: boolean | null
}

export interface CrossMethods {
  /** CAs' certificates and requests in any wrapping; nothing is stored. */
  'cross.read': {
    in: { files: readonly InFile[] }
    out: { found: readonly OutsideAuthority[]; problems: readonly PileProblem[] }
  }
  'cross.prepare': {
    in: {
      authorityId: string
      kind: OutsideAuthority['kind']
      der: Uint8Array
      /** Null: five years, or until its own certificate ends. */
      validity: ValidityInput | null
      constraints: CrossConstraints
    }
    out: { token: string | null; part: RenewalPart; clock: PreparedView['clock'] }
  }
  /** Stores it, and the other CA in the hierarchy as one whose key is elsewhere. */
  'cross.sign': {
    in: { token: string; acknowledged: readonly FindingCode[]; actor: Actor }
    out: { certificateId: string }
  }
}
