import type { GeneralName } from './general-name.ts'
import type { Extension } from './extensions/values.ts'
import type { Reader } from '../der/reader.ts'

/** CRLReason (RFC 5280 §5.3.1), by its number; 7 is not used. */
export const CRL_REASONS = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'unused',
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
] as const
export type CrlReason = Exclude<(typeof CRL_REASONS)[number], 'unused'>

/** One entry of revokedCertificates (RFC 5280 §5.1.2.6, §5.3). */
export interface RevokedEntry {
  /** Content of the INTEGER. */
  readonly serialNumber: Uint8Array
  readonly revocationDate: Date
  /** Null where absent, which means unspecified (§5.3.1). */
  readonly reasonCode: CrlReason | null
  readonly invalidityDate: Date | null
  /** The names in force for this entry (§5.3.3); null: the issuer of the list. */
  readonly certificateIssuer: readonly GeneralName[] | null
  readonly extensions: readonly Extension[]
}

/** Reads one entry. Throws CodedError where it, or an entry extension of §5.3, cannot be read. */
export function parseRevokedEntry(reader: Reader): RevokedEntry {
  void reader
  throw new Error('not yet')
}
