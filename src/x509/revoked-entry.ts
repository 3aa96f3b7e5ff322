import { CodedError } from '../errors.ts'
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
  readonly revocationDate: Date
  /** Null where absent, which means unspecified (§5.3.1). */
  readonly reasonCode: CrlReason | null
  readonly invalidityDate: Date | null
  /** The names in force for this entry (§5.3.3); null: the issuer of the list. */
  readonly certificateIssuer: readonly GeneralName[] | null
  readonly extensions: readonly Extension[]
}

/**
 * Reads one entry. Throws CodedError where it, or an entry extension of §5.3, cannot be read: a list whose entries are in
 * doubt says nothing about anyone.
 */
export function parseRevokedEntry(reader: Reader): RevokedEntry {
  const fields = reader.sequence()
  const serialNumber = fields.integer()
  const revocationDate = fields.time().date
  const values: EntryValues = { reasonCode: null, invalidityDate: null, certificateIssuer: null }
  const extensions = fields.atEnd ? NO_EXTENSIONS : parseEntryExtensions(fields.sequence(), values)
  fields.finish()
  return { serialNumber, revocationDate, ...values, extensions }
}

interface EntryValues {
  reasonCode: CrlReason | null
  invalidityDate: Date | null
  certificateIssuer: readonly GeneralName[] | null
}

const NO_EXTENSIONS: readonly Extension[] = []

function parseEntryExtensions(sequence: Reader, values: EntryValues): Extension[] {
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
  const fault = findings.find(({ code }) => code === 'extension-unreadable' || code === 'extension-repeated')
  if (fault) throw new CodedError('crl-entry-unreadable', { offset })
  return extensions
}

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

/** What is written of one entry; null and left out is not written. */
export interface RevokedEntryFields {
  /** Content of the INTEGER. */
  readonly serialNumber: Uint8Array
  readonly revocationDate: Date
  readonly reasonCode?: CrlReason | null
  readonly invalidityDate?: Date | null
  readonly certificateIssuer?: readonly GeneralName[] | null
}

/** One entry of revokedCertificates (§5.3): `unspecified` is said by leaving reasonCode out (§5.3.1). */
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
