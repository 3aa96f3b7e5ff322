import { bitString, explicit, implicit, integer, integerContent, seq, time } from '../der/writer.ts'
import type { BitString } from '../der/reader.ts'
import type { Der } from '../der/writer.ts'
import type { TimeType } from '../der/time.ts'
import { encodeExtension } from './extensions/table.ts'

/** The parts of a TBSCertificate (RFC 5280 §4.1). Names, algorithm and key are DER, copied and never rebuilt. */
export interface TbsCertificateFields {
  /** 3 if absent. */
  readonly version?: number
  /** Content of the INTEGER: the first octet of a positive number is below 80. */
  readonly serialNumber: Uint8Array
  readonly signature: Uint8Array
  readonly issuer: Uint8Array
  readonly notBefore: Date
  readonly notAfter: Date
  /** If absent, the types that §4.1.2.5 requires for each date. */
  readonly timeTypes?: { readonly notBefore: TimeType; readonly notAfter: TimeType }
  readonly subject: Uint8Array
  readonly spki: Uint8Array
  readonly issuerUniqueID?: BitString | null
  readonly subjectUniqueID?: BitString | null
  readonly extensions: readonly ExtensionFields[]
}

/** One extension to encode; `value` is the content of extnValue. */
export interface ExtensionFields {
  readonly oid: string
  readonly critical: boolean
  readonly value: Uint8Array
}

/** Returns a TBSCertificate, DER (RFC 5280 §4.1). */
export function encodeTbsCertificate(fields: TbsCertificateFields): Der {
  const { version = 3, notBefore, notAfter, timeTypes, issuerUniqueID, subjectUniqueID, extensions } = fields
  const parts: Uint8Array[] = []
  if (version !== 1) parts.push(explicit(0, integer(version - 1)))
  parts.push(
    integerContent(fields.serialNumber),
    fields.signature,
    fields.issuer,
    seq(time(notBefore, timeTypes?.notBefore), time(notAfter, timeTypes?.notAfter)),
    fields.subject,
    fields.spki,
  )
  if (issuerUniqueID) parts.push(implicit(1, bitString(issuerUniqueID.bytes, issuerUniqueID.unusedBits)))
  if (subjectUniqueID) parts.push(implicit(2, bitString(subjectUniqueID.bytes, subjectUniqueID.unusedBits)))
  if (extensions.length > 0) parts.push(explicit(3, seq(...extensions.map(encodeExtension))))
  return seq(...parts)
}

/**
 * Assembles the signed octets, the algorithm and the signature (in its X.509 form) into a certificate, list or request
 * (RFC 5280 §4.1.1).
 */
export const assembleSigned = (tbs: Uint8Array, signatureAlgorithm: Uint8Array, signature: Uint8Array): Der =>
  seq(tbs, signatureAlgorithm, bitString(signature))
