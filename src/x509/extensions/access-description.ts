import type { GeneralName } from '../general-name.ts'

/** AccessDescription (RFC 5280 §4.2.2.1); `method` is an OID. */
export interface AccessDescription {
  readonly method: string
  readonly location: GeneralName
}
