import { CodedError, isCodedError, offsetOf } from '../errors.ts'
import { TAG } from '../der/reader.ts'
import type { Reader } from '../der/reader.ts'
import { enumerated, generalizedTime, integerContent, seq, time } from '../der/writer.ts'
import { parseExtensions } from './extensions/parse.ts'
import { encodeExtension } from './extensions/table.ts'
import { encodeGeneralNames, parseGeneralNames } from './general-name.ts'
import { LIST_EXTENSION_OIDS } from './oids.ts'
import type { Der } from '../der/writer.ts'
import type { Finding } from '../findings.ts'
import type { GeneralName } from './general-name.ts'
import type { Extension } from './extensions/values.ts'

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
  /** Null if it cannot be read. */
  readonly revocationDate: Date | null
  /** Null if absent, which means unspecified (§5.3.1), or if it is unreadable or given twice. */
  readonly reasonCode: CrlReason | null
  readonly invalidityDate: Date | null
  /** The names in force for this entry (§5.3.3); null: the issuer of the list. */
  readonly certificateIssuer: readonly GeneralName[] | null
  readonly extensions: readonly Extension[]
  /** Offset of the first unreadable or repeated field; null if there is none. The entry still revokes. */
  readonly faultAt: number | null
}

/**
 * Reads one entry. A listed serial number is revoked, however malformed the rest is: an unreadable field is null, and
 * `faultAt` is its offset. Throws CodedError only if the certificate of this entry or of a later one is in doubt: the
 * number or certificateIssuer cannot be read.
 */
export function parseRevokedEntry(reader: Reader): RevokedEntry {
  const fields = reader.sequence()
  const serialNumber = fields.integer()
  const values: EntryValues = { ...NOTHING }
  const rest = fields.offset
  try {
    readValues(fields, values)
  } catch (error) {
    if (!isCodedError(error) || mayNameIssuer(fields.bytes.subarray(rest, fields.end))) throw error
    values.faultAt ??= offsetOf(error) ?? rest
  }
  return { serialNumber, ...values }
}

type EntryValues = { -readonly [K in keyof Omit<RevokedEntry, 'serialNumber'>]: RevokedEntry[K] }

const NOTHING: Readonly<EntryValues> = {
  revocationDate: null,
  reasonCode: null,
  invalidityDate: null,
  certificateIssuer: null,
  extensions: [],
  faultAt: null,
}

function readValues(fields: Reader, values: EntryValues): void {
  values.revocationDate = readDate(fields, values)
  if (!fields.atEnd) readExtensions(fields.sequence(), values)
  fields.finish()
}

/** An unreadable date is skipped; if there is none, reading continues with the next field. */
function readDate(fields: Reader, values: EntryValues): Date | null {
  const { offset } = fields
  const tag = fields.peekTag()
  try {
    return fields.time().date
  } catch (error) {
    if (!isCodedError(error)) throw error
    values.faultAt = offset
    fields.offset = offset
    if (tag === TAG.UTC_TIME || tag === TAG.GENERALIZED_TIME) fields.skip()
    return null
  }
}

function readExtensions(sequence: Reader, values: EntryValues): void {
  const findings: Finding[] = []
  const { offset } = sequence
  const extensions = parseExtensions(sequence, findings, ({ oid }, content) => {
    if (oid === LIST_EXTENSION_OIDS.reasonCode) values.reasonCode = parseReason(content)
    else if (oid === LIST_EXTENSION_OIDS.invalidityDate) values.invalidityDate = parseInvalidityDate(content)
    else if (oid === LIST_EXTENSION_OIDS.certificateIssuer)
      values.certificateIssuer = parseGeneralNames(content.sequence(), 'certificateIssuer', findings)
    else return
    content.finish()
  })
  values.extensions = extensions
  for (const { code, detail } of findings) {
    if (code !== 'extension-unreadable' && code !== 'extension-repeated') continue
    if (detail.oid === LIST_EXTENSION_OIDS.certificateIssuer)
      throw new CodedError('crl-entry-unreadable', { offset })
    // Two different reasons are both ignored: a hold or a removal beside keyCompromise would weaken it.
    if (detail.oid === LIST_EXTENSION_OIDS.reasonCode) values.reasonCode = null
    if (detail.oid === LIST_EXTENSION_OIDS.invalidityDate) values.invalidityDate = null
    values.faultAt ??=
      'offset' in detail
        ? detail.offset
        : (extensions.findLast(({ oid }) => oid === detail.oid)?.offset ?? offset)
  }
}

/** Whether unreadable octets contain the OID of certificateIssuer: later entries may then belong to another CA. */
function mayNameIssuer(octets: Uint8Array): boolean {
  for (let at = 0; at + 5 <= octets.length; at++)
    if (CERTIFICATE_ISSUER.every((octet, i) => octets[at + i] === octet)) return true
  return false
}

const CERTIFICATE_ISSUER = [0x06, 0x03, 0x55, 0x1d, 0x1d]

/** CRLReason from its ENUMERATED. */
export function parseReason(reader: Reader): CrlReason {
  const { offset } = reader
  const reason = CRL_REASONS[reader.smallInteger(TAG.ENUMERATED)]
  if (reason === undefined || reason === 'unused') throw new CodedError('crl-reason-invalid', { offset })
  return reason
}

function parseInvalidityDate(reader: Reader): Date {
  const { offset } = reader
  const { date, type } = reader.time()
  if (type === 'GeneralizedTime') return date
  throw new CodedError('der-unexpected-tag', { offset, expected: TAG.GENERALIZED_TIME, actual: TAG.UTC_TIME })
}

/** The fields of one entry to encode; null and absent fields are omitted. */
export interface RevokedEntryFields {
  /** Content of the INTEGER. */
  readonly serialNumber: Uint8Array
  readonly revocationDate: Date
  readonly reasonCode?: CrlReason | null
  readonly invalidityDate?: Date | null
  readonly certificateIssuer?: readonly GeneralName[] | null
}

/** Returns one entry of revokedCertificates (§5.3): `unspecified` is encoded by omitting reasonCode (§5.3.1). */
export function encodeRevokedEntry(fields: RevokedEntryFields): Der {
  const { serialNumber, revocationDate, reasonCode, invalidityDate, certificateIssuer } = fields
  const extensions: Der[] = []
  if (reasonCode && reasonCode !== 'unspecified') extensions.push(encodedReason(reasonCode))
  if (invalidityDate)
    extensions.push(encodeEntryExtension('invalidityDate', generalizedTime(invalidityDate), false))
  if (certificateIssuer)
    extensions.push(encodeEntryExtension('certificateIssuer', encodeGeneralNames(certificateIssuer), true))
  const head = [integerContent(serialNumber), time(revocationDate)]
  return extensions.length > 0 ? seq(...head, seq(...extensions)) : seq(...head)
}

const encodeEntryExtension = (
  name: 'reasonCode' | 'invalidityDate' | 'certificateIssuer',
  value: Uint8Array,
  critical: boolean,
): Der => encodeExtension({ oid: LIST_EXTENSION_OIDS[name], critical, value })

const reasons = new Map<CrlReason, Der>()

function encodedReason(reason: CrlReason): Der {
  let known = reasons.get(reason)
  if (!known) {
    known = encodeEntryExtension('reasonCode', enumerated(CRL_REASONS.indexOf(reason)), false)
    reasons.set(reason, known)
  }
  return known
}
