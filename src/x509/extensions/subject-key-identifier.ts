import type { Reader } from '../../der/reader.ts'
import { octetString } from '../../der/writer.ts'
import type { Der } from '../../der/writer.ts'

/** KeyIdentifier (RFC 5280 §4.2.1.2). */
export const parseSubjectKeyIdentifier = (reader: Reader): Uint8Array => reader.octetString()
export const encodeSubjectKeyIdentifier = (keyIdentifier: Uint8Array): Der => octetString(keyIdentifier)
