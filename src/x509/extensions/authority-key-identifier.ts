import { contextConstructed, contextPrimitive } from '../../der/reader.ts'
import type { Reader } from '../../der/reader.ts'
import { seq, tlv } from '../../der/writer.ts'
import type { Der } from '../../der/writer.ts'
import type { Finding } from '../../findings.ts'
import { encodeGeneralName, parseGeneralNames } from '../general-name.ts'
import type { GeneralName } from '../general-name.ts'

/** RFC 5280 §4.2.1.1; the serial number is the INTEGER's content. */
export interface AuthorityKeyIdentifier {
  readonly keyIdentifier: Uint8Array | null
  readonly authorityCertIssuer: readonly GeneralName[] | null
  readonly authorityCertSerialNumber: Uint8Array | null
}

const KEY_IDENTIFIER = contextPrimitive(0)
const CERT_ISSUER = contextConstructed(1)
const CERT_SERIAL_NUMBER = contextPrimitive(2)

export function parseAuthorityKeyIdentifier(reader: Reader, findings: Finding[]): AuthorityKeyIdentifier {
  const fields = reader.sequence()
  const keyIdentifier = fields.peekTag() === KEY_IDENTIFIER ? fields.content() : null
  const issuer = fields.optional(CERT_ISSUER)
  const authorityCertIssuer = issuer && parseGeneralNames(issuer, 'authorityKeyIdentifier', findings)
  const authorityCertSerialNumber =
    fields.peekTag() === CERT_SERIAL_NUMBER ? fields.integer(CERT_SERIAL_NUMBER) : null
  fields.finish()
  return { keyIdentifier, authorityCertIssuer, authorityCertSerialNumber }
}

export function encodeAuthorityKeyIdentifier(value: AuthorityKeyIdentifier): Der {
  const parts: Der[] = []
  if (value.keyIdentifier) parts.push(tlv(KEY_IDENTIFIER, value.keyIdentifier))
  if (value.authorityCertIssuer)
    parts.push(tlv(CERT_ISSUER, ...value.authorityCertIssuer.map(encodeGeneralName)))
  if (value.authorityCertSerialNumber) parts.push(tlv(CERT_SERIAL_NUMBER, value.authorityCertSerialNumber))
  return seq(...parts)
}
