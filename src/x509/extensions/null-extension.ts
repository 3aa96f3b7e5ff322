import type { Reader } from '../../der/reader.ts'
import { nul } from '../../der/writer.ts'

/**
 * id-pkix-ocsp-nocheck (RFC 6960 §4.2.2.2.1) and the precertificate poison (RFC 6962 §3.1) carry no value: presence is
 * enough.
 */
export function parseNull(reader: Reader): true {
  reader.null()
  return true
}
export const encodeNull = nul
