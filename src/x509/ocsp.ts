import { CodedError, isCodedError, offsetOf } from '../errors.ts'
import { TAG, contextConstructed, contextPrimitive, parseWhole } from '../der/reader.ts'
import {
  bitString,
  enumerated,
  explicit,
  generalizedTime,
  implicit,
  integerContent,
  nul,
  octetString,
  oid,
  seq,
} from '../der/writer.ts'
import { parseAlgorithmIdentifier } from './algorithm-identifier.ts'
import { wholeOctets } from './certificate.ts'
import { parseExtensions } from './extensions/parse.ts'
import { encodeExtension } from './extensions/table.ts'
import { parseName } from './name.ts'
import { CRL_REASONS, parseReason } from './revoked-entry.ts'
import type { Reader } from '../der/reader.ts'
import type { Der } from '../der/writer.ts'
import type { Finding } from '../findings.ts'
import type { AlgorithmIdentifier } from './algorithm-identifier.ts'
import type { Signed } from './certificate.ts'
import type { ExtensionFields } from './encode.ts'
import { readTimestampList, type TimestampList } from './extensions/signed-timestamps.ts'
import type { Extension } from './extensions/values.ts'
import type { Name } from './name.ts'
import type { CrlReason } from './revoked-entry.ts'
import { OCSP_OIDS } from './oids.ts'

/** OCSPResponseStatus (RFC 6960 §4.2.1), by its number; 4 is not used. */
export const OCSP_RESPONSE_STATUSES = [
  'successful',
  'malformedRequest',
  'internalError',
  'tryLater',
  'unused',
  'sigRequired',
  'unauthorized',
] as const
export type OcspResponseStatus = Exclude<(typeof OCSP_RESPONSE_STATUSES)[number], 'unused'>

/** An OCSPResponse (RFC 6960 §4.2.1); `basic` is null unless it is successful. */
export interface OcspResponse {
  readonly der: Uint8Array
  readonly responseStatus: OcspResponseStatus
  readonly basic: BasicOcspResponse | null
}

/** A BasicOCSPResponse (RFC 6960 §4.2.1); `tbs` is the ResponseData. */
export interface BasicOcspResponse extends Signed {
  /** 1 in any response that conforms to RFC 6960. */
  readonly version: number
  readonly responderId: ResponderId
  readonly producedAt: Date
  readonly responses: readonly SingleResponse[]
  readonly responseExtensions: readonly Extension[]
  /** DER of each certificate included. */
  readonly certs: readonly Uint8Array[]
}

export type ResponderId =
  | { readonly kind: 'byName'; readonly name: Name }
  | { readonly kind: 'byKey'; /** SHA-1 of the responder's public key. */ readonly keyHash: Uint8Array }

/** CertID (RFC 6960 §4.1.1): identifies the certificate. */
export interface CertId {
  readonly hashAlgorithm: AlgorithmIdentifier
  readonly issuerNameHash: Uint8Array
  readonly issuerKeyHash: Uint8Array
  /** Content of the INTEGER. */
  readonly serialNumber: Uint8Array
}

export interface SingleResponse {
  readonly certId: CertId
  readonly certStatus: ReadStatus
  /** producedAt if it cannot be read. */
  readonly thisUpdate: Date
  readonly nextUpdate: Date | null
  readonly singleExtensions: readonly Extension[]
  /** RFC 6960 §4.4.4, RFC 6962 §3.3; null if there is none that can be read. */
  readonly archiveCutoff: Date | null
  readonly timestamps: TimestampList | null
  /** Offset of the first unreadable field; null if there is none. */
  readonly faultAt: number | null
}

/** The status as read: an unreadable revocation time still means revoked. */
export type ReadStatus =
  | CertStatus
  | { readonly status: 'revoked'; readonly revocationTime: null; readonly revocationReason: CrlReason | null }
  | { readonly status: 'unreadable' }

export type CertStatus =
  | { readonly status: 'good' | 'unknown' }
  | { readonly status: 'revoked'; readonly revocationTime: Date; readonly revocationReason: CrlReason | null }

/** Returns one OCSPResponse as views into `der`. Throws a CodedError with the offset if the octets are not one. */
export function parseOcspResponse(der: Uint8Array): OcspResponse {
  return parseWhole(der, (reader) => {
    const fields = reader.sequence()
    const { offset } = fields
    const responseStatus = OCSP_RESPONSE_STATUSES[fields.smallInteger(TAG.ENUMERATED)]
    if (responseStatus === undefined || responseStatus === 'unused')
      throw new CodedError('ocsp-status-invalid', { offset })
    const wrapped = fields.optional(contextConstructed(0))
    const basic = wrapped && parseResponseBytes(wrapped)
    fields.finish()
    return { der, responseStatus, basic }
  })
}

/** Returns the OCSPResponse around a BasicOCSPResponse, which signed documents and CMS keep by itself. */
export const aroundBasic = (basic: Uint8Array): Der =>
  seq(enumerated(0), explicit(0, seq(oid(OCSP_OIDS.basic), octetString(basic))))

/** ResponseBytes: only the basic type is known (§4.2.1). */
function parseResponseBytes(wrapped: Reader): BasicOcspResponse {
  const fields = wrapped.sequence()
  const { offset } = fields
  const responseType = fields.oid()
  if (responseType !== OCSP_OIDS.basic)
    throw new CodedError('ocsp-response-type-unknown', { offset, oid: responseType })
  const content = fields.constructed(TAG.OCTET_STRING)
  fields.finish()
  wrapped.finish()
  const basic = parseBasic(content)
  content.finish()
  return basic
}

function parseBasic(reader: Reader): BasicOcspResponse {
  const findings: Finding[] = []
  const start = reader.offset
  const fields = reader.sequence()
  const tbsStart = fields.offset
  const data = fields.sequence()
  const tbs = fields.since(tbsStart)
  const signatureAlgorithm = parseAlgorithmIdentifier(fields)
  const signatureValue = wholeOctets(fields.bitString(), 'signature', findings)
  const certs: Uint8Array[] = []
  const wrapped = fields.optional(contextConstructed(0))
  if (wrapped) {
    const sequence = wrapped.sequence()
    while (!sequence.atEnd) certs.push(sequence.element(TAG.SEQUENCE))
    wrapped.finish()
  }
  fields.finish()
  const parsed = parseResponseData(data, findings)
  return { der: reader.since(start), tbs, signatureAlgorithm, signatureValue, certs, ...parsed }
}

type ResponseData = Pick<
  BasicOcspResponse,
  'version' | 'responderId' | 'producedAt' | 'responses' | 'responseExtensions'
>

function parseResponseData(data: Reader, findings: Finding[]): ResponseData {
  const wrapped = data.optional(contextConstructed(0))
  const version = wrapped ? wrapped.smallInteger() + 1 : 1
  wrapped?.finish()
  const responderId = parseResponderId(data, findings)
  const producedAt = data.time().date
  const list = data.sequence()
  const responses: SingleResponse[] = []
  while (!list.atEnd) responses.push(parseSingle(list.sequence(), producedAt, findings))
  const responseExtensions = parseExplicitExtensions(data, 1, findings)
  data.finish()
  return { version, responderId, producedAt, responses, responseExtensions }
}

function parseResponderId(data: Reader, findings: Finding[]): ResponderId {
  const byName = data.optional(contextConstructed(1))
  if (byName) {
    const name = parseName(byName, 'responderID', findings)
    byName.finish()
    return { kind: 'byName', name }
  }
  const byKey = data.constructed(contextConstructed(2))
  const keyHash = byKey.octetString()
  byKey.finish()
  return { kind: 'byKey', keyHash }
}

/**
 * Reads one SingleResponse. Throws only if the certificate it is about is in doubt (CertID): no other unreadable field
 * hides a revocation, in this response or in those next to it.
 */
function parseSingle(fields: Reader, producedAt: Date, findings: Finding[]): SingleResponse {
  const certId = parseCertId(fields.sequence())
  const faults: number[] = []
  const statusAt = fields.offset
  const tag = fields.peekTag()
  const certStatus = attempt(fields, faults, () => parseCertStatus(fields, faults)) ?? {
    status: 'unreadable',
  }
  if (certStatus.status === 'unreadable')
    attempt(fields, faults, () => {
      fields.offset = statusAt
      if (tag !== TAG.GENERALIZED_TIME) fields.skip()
    })
  const thisUpdate = attempt(fields, faults, () => fields.time().date) ?? producedAt
  const nextUpdate = attempt(fields, faults, () => {
    const wrapped = fields.optional(contextConstructed(0))
    const date = wrapped ? wrapped.time().date : null
    wrapped?.finish()
    return date
  })
  const singleExtensions = attempt(fields, faults, () => {
    const extensions = parseExplicitExtensions(fields, 1, findings)
    fields.finish()
    return extensions
  })
  const said = singleExtensions ?? []
  return {
    certId,
    certStatus,
    thisUpdate,
    nextUpdate,
    singleExtensions: said,
    archiveCutoff: readIn(said, OCSP_OIDS.archiveCutoff, (reader) => reader.time().date),
    timestamps: readIn(said, OCSP_OIDS.signedCertificateTimestamps, (reader) =>
      readTimestampList(reader.octetString()),
    ),
    faultAt: faults[0] ?? null,
  }
}

/** Returns what an extension says that decides nothing; null if it is missing or cannot be read. */
function readIn<T>(extensions: readonly Extension[], oid: string, read: (reader: Reader) => T): T | null {
  const found = extensions.find((extension) => extension.oid === oid)
  try {
    return found ? parseWhole(found.value, read) : null
  } catch (error) {
    if (!isCodedError(error)) throw error
    return null
  }
}

/** Returns the result of `read`; on failure records the offset and returns null. */
function attempt<T>(fields: Reader, faults: number[], read: () => T): T | null {
  const { offset } = fields
  try {
    return read()
  } catch (error) {
    if (!isCodedError(error)) throw error
    faults.push(offsetOf(error) ?? offset)
    return null
  }
}

function parseCertId(fields: Reader): CertId {
  const hashAlgorithm = parseAlgorithmIdentifier(fields)
  const issuerNameHash = fields.octetString()
  const issuerKeyHash = fields.octetString()
  const serialNumber = fields.integer()
  fields.finish()
  return { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber }
}

const GOOD = contextPrimitive(0)
const REVOKED = contextConstructed(1)
const UNKNOWN = contextPrimitive(2)

function parseCertStatus(fields: Reader, faults: number[]): ReadStatus {
  const revoked = fields.optional(REVOKED)
  if (revoked) return parseRevokedInfo(revoked, faults)
  const good = fields.peekTag() === GOOD
  const { offset } = fields
  if (fields.content(good ? GOOD : UNKNOWN).length > 0) throw new CodedError('der-null-invalid', { offset })
  return { status: good ? 'good' : 'unknown' }
}

function parseRevokedInfo(revoked: Reader, faults: number[]): ReadStatus {
  const revocationTime = attempt(revoked, faults, () => revoked.time().date)
  const revocationReason = attempt(revoked, faults, () => {
    const wrapped = revoked.optional(contextConstructed(0))
    const reason = wrapped && parseReason(wrapped)
    wrapped?.finish()
    revoked.finish()
    return reason
  })
  return { status: 'revoked', revocationTime, revocationReason }
}

function parseExplicitExtensions(fields: Reader, n: number, findings: Finding[]): Extension[] {
  const wrapped = fields.optional(contextConstructed(n))
  if (!wrapped) return []
  const extensions = parseExtensions(wrapped.sequence(), findings, () => undefined)
  wrapped.finish()
  return extensions
}

/** The fields of one SingleResponse to encode (RFC 6960 §4.2.1). */
export interface SingleResponseFields {
  readonly certId: Omit<CertId, 'hashAlgorithm'> & { /** OID. */ readonly hashAlgorithm: string }
  readonly certStatus: CertStatus
  readonly thisUpdate: Date
  readonly nextUpdate: Date | null
}

export interface ResponseDataFields {
  readonly responderId: ResponderId
  readonly producedAt: Date
  readonly responses: readonly SingleResponseFields[]
  readonly responseExtensions?: readonly ExtensionFields[]
}

/** Returns a ResponseData, DER, for the responder to sign (RFC 6960 §4.2.1). */
export function encodeResponseData({
  responderId,
  producedAt,
  responses,
  responseExtensions = [],
}: ResponseDataFields): Der {
  return seq(
    responderId.kind === 'byName'
      ? explicit(1, responderId.name.der)
      : explicit(2, octetString(responderId.keyHash)),
    generalizedTime(producedAt),
    seq(...responses.map(encodeSingle)),
    ...(responseExtensions.length > 0 ? [explicit(1, seq(...responseExtensions.map(encodeExtension)))] : []),
  )
}

function encodeSingle({ certId, certStatus, thisUpdate, nextUpdate }: SingleResponseFields): Der {
  return seq(
    encodeCertId(certId),
    encodeCertStatus(certStatus),
    generalizedTime(thisUpdate),
    ...(nextUpdate ? [explicit(0, generalizedTime(nextUpdate))] : []),
  )
}

/**
 * CertID (RFC 6960 §4.1.1); the hash algorithm has NULL parameters, as in RFC 9654's examples and from every responder.
 */
export const encodeCertId = (certId: SingleResponseFields['certId']): Der =>
  seq(
    seq(oid(certId.hashAlgorithm), nul()),
    octetString(certId.issuerNameHash),
    octetString(certId.issuerKeyHash),
    integerContent(certId.serialNumber),
  )

function encodeCertStatus(certStatus: CertStatus): Der {
  if (certStatus.status !== 'revoked') return implicit(certStatus.status === 'good' ? 0 : 2, nul())
  const { revocationTime, revocationReason } = certStatus
  const reason = revocationReason && revocationReason !== 'unspecified'
  return explicit(
    1,
    generalizedTime(revocationTime),
    ...(reason ? [explicit(0, enumerated(CRL_REASONS.indexOf(revocationReason)))] : []),
  )
}

/** Returns a successful OCSPResponse around a signed ResponseData and the responder's certificates, DER. */
export function encodeOcspResponse(basic: {
  readonly tbs: Uint8Array
  readonly signatureAlgorithm: Uint8Array
  readonly signature: Uint8Array
  readonly certs: readonly Uint8Array[]
}): Der {
  const { tbs, signatureAlgorithm, signature, certs } = basic
  const sent = certs.length > 0 ? [explicit(0, seq(...certs))] : []
  const response = seq(tbs, signatureAlgorithm, bitString(signature), ...sent)
  return seq(enumerated(0), explicit(0, seq(oid(OCSP_OIDS.basic), octetString(response))))
}
