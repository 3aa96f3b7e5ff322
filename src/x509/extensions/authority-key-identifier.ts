import type { GeneralName } from '../general-name.ts'

/** RFC 5280 §4.2.1.1; the serial number is the INTEGER's content. */
export interface AuthorityKeyIdentifier {
  readonly keyIdentifier: Uint8Array | null
  readonly authorityCertIssuer: readonly GeneralName[] | null
  readonly authorityCertSerialNumber: Uint8Array | null
}
