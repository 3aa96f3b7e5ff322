import { contextConstructed, contextPrimitive, parseWhole } from '../der/reader.ts'
import type { BitString, Reader } from '../der/reader.ts'
import type { TimeType } from '../der/time.ts'
import type { Finding } from '../findings.ts'
import { parseAlgorithmIdentifier } from './algorithm-identifier.ts'
import type { AlgorithmIdentifier } from './algorithm-identifier.ts'
import { noExtensions, parseTypedExtensions } from './extensions/typed.ts'
import type { TypedExtensions } from './extensions/typed.ts'
import type { CertificateExtensions, Extension } from './extensions/values.ts'
import { parseName } from './name.ts'
import type { Name } from './name.ts'
import { parseSpki } from './spki.ts'
import type { Spki } from './spki.ts'

/** The signed structure of RFC 5280 §4.1.1: `tbs` is exactly the octets under the signature. */
export interface Signed {
  readonly der: Uint8Array
  readonly tbs: Uint8Array
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signatureValue: Uint8Array
}

/** A certificate (RFC 5280 §4.1): its fields, and every known extension by name, null if absent or unreadable. */
export interface Certificate extends Signed, CertificateExtensions {
  /** 1, 2 or 3 in any certificate that conforms to RFC 5280; any other is kept, for a finding. */
  readonly version: number
  /** Content of the INTEGER: two's complement, unchanged. */
  readonly serialNumber: Uint8Array
  /** The inner algorithm, under the signature; `signatureAlgorithm` is the outer one. */
  readonly signature: AlgorithmIdentifier
  readonly issuer: Name
  readonly notBefore: Date
  readonly notAfter: Date
  readonly timeTypes: { readonly notBefore: TimeType; readonly notAfter: TimeType }
  readonly subject: Name
  readonly spki: Spki
  readonly issuerUniqueID: BitString | null
  readonly subjectUniqueID: BitString | null
  readonly extensions: readonly Extension[]
  readonly findings: readonly Finding[]
}

const VERSION = contextConstructed(0)
const ISSUER_UNIQUE_ID = contextPrimitive(1)
const SUBJECT_UNIQUE_ID = contextPrimitive(2)
const EXTENSIONS_FIELD = contextConstructed(3)

/**
 * Returns one certificate as views into `der`. Throws a CodedError with the offset if the octets are not a DER
 * certificate; any other fault is in `findings`, or left to lint.
 */
export function parseCertificate(der: Uint8Array): Certificate {
  return parseWhole(der, parseCertificateFrom)
}

/** As parseCertificate, for one value of a larger structure; offsets count in that structure. */
export function parseCertificateFrom(reader: Reader): Certificate {
  const findings: Finding[] = []
  const start = reader.offset
  const certificate = reader.sequence()
  const tbsStart = certificate.offset
  const fields = certificate.sequence()
  const tbs = certificate.since(tbsStart)
  const signatureAlgorithm = parseAlgorithmIdentifier(certificate)
  const signatureValue = wholeOctets(certificate.bitString(), 'signatureValue', findings)
  certificate.finish()
  return parseFields(fields, { der: reader.since(start), tbs, signatureAlgorithm, signatureValue }, findings)
}

/** Reads a TBSCertificate before it is signed; signatureValue is empty and `der` is the TBSCertificate. */
export function parseTbsCertificate(tbs: Uint8Array): Certificate {
  const findings: Finding[] = []
  return parseWhole(tbs, (reader) => {
    const fields = reader.sequence()
    const signatureAlgorithm = peekSignature(tbs)
    return parseFields(
      fields,
      { der: tbs, tbs, signatureAlgorithm, signatureValue: new Uint8Array(0) },
      findings,
    )
  })
}

function peekSignature(tbs: Uint8Array): AlgorithmIdentifier {
  return parseWhole(tbs, (reader) => {
    const fields = reader.sequence()
    fields.optional(VERSION)
    fields.skip()
    return parseAlgorithmIdentifier(fields)
  })
}

function parseFields(fields: Reader, signed: Signed, findings: Finding[]): Certificate {
  const version = parseVersion(fields, findings)
  const serialNumber = fields.integer()
  const signature = parseAlgorithmIdentifier(fields)
  const issuer = parseName(fields, 'issuer', findings)
  const validity = fields.sequence()
  const notBefore = validity.time()
  const notAfter = validity.time()
  validity.finish()
  const subject = parseName(fields, 'subject', findings)
  const spki = parseSpki(fields, findings)
  const issuerUniqueID = optionalBits(fields, ISSUER_UNIQUE_ID)
  const subjectUniqueID = optionalBits(fields, SUBJECT_UNIQUE_ID)
  const { extensions, values } = parseExtensionsField(fields, findings)
  fields.finish()
  return {
    // Spread first: engines clone an object literal in one step only if the spread comes first.
    ...values,
    der: signed.der,
    tbs: signed.tbs,
    signatureAlgorithm: signed.signatureAlgorithm,
    signatureValue: signed.signatureValue,
    version,
    serialNumber,
    signature,
    issuer,
    notBefore: notBefore.date,
    notAfter: notAfter.date,
    timeTypes: { notBefore: notBefore.type, notAfter: notAfter.type },
    subject,
    spki,
    issuerUniqueID,
    subjectUniqueID,
    extensions,
    findings,
  }
}

/** Version (§4.1.2.1), counted from 1; v1 is the default and not encoded. */
function parseVersion(fields: Reader, findings: Finding[]): number {
  const wrapped = fields.optional(VERSION)
  if (!wrapped) return 1
  const version = wrapped.smallInteger() + 1
  wrapped.finish()
  if (version === 1) findings.push({ code: 'der-default-encoded', detail: { field: 'version' } })
  return version
}

/** Returns the octets of a BIT STRING; unused bits in the last octet are a finding. */
export function wholeOctets(
  { unusedBits, bytes }: BitString,
  field: string,
  findings: Finding[],
): Uint8Array {
  if (unusedBits !== 0) findings.push({ code: 'bit-string-not-octets', detail: { field, unusedBits } })
  return bytes
}

function optionalBits(fields: Reader, tag: number): BitString | null {
  return fields.peekTag() === tag ? fields.bitString(tag) : null
}

function parseExtensionsField(fields: Reader, findings: Finding[]): TypedExtensions {
  const wrapped = fields.optional(EXTENSIONS_FIELD)
  if (!wrapped) return { extensions: [], values: noExtensions() }
  const typed = parseTypedExtensions(wrapped.sequence(), findings)
  wrapped.finish()
  if (typed.extensions.length === 0) findings.push({ code: 'extensions-empty', detail: null })
  return typed
}
