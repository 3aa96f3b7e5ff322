import { contextConstructed, parseWhole, TAG } from '../der/reader.ts'
import { explicit, integer, integerContent, seq, time, tlvHeader } from '../der/writer.ts'
import { parseAlgorithmIdentifier } from './algorithm-identifier.ts'
import { wholeOctets } from './certificate.ts'
import {
  encodeAuthorityKeyIdentifier,
  parseAuthorityKeyIdentifier,
} from './extensions/authority-key-identifier.ts'
import { parseAccessDescriptions } from './extensions/access-description.ts'
import { encodeDistributionPoints, parseDistributionPoints } from './extensions/distribution-points.ts'
import {
  encodeIssuingDistributionPoint,
  parseIssuingDistributionPoint,
} from './extensions/issuing-distribution-point.ts'
import { parseExtensions } from './extensions/parse.ts'
import { encodeExtension } from './extensions/table.ts'
import { parseGeneralNames } from './general-name.ts'
import { parseName } from './name.ts'
import { hexOf, concat } from '../octets.ts'
import { EXTENSION_OIDS, LIST_EXTENSION_OIDS } from './oids.ts'
import { RevokedCertificates } from './revoked-certificates.ts'
import type { Limits, Reader } from '../der/reader.ts'
import type { TimeType } from '../der/time.ts'
import type { Der } from '../der/writer.ts'
import type { Finding } from '../findings.ts'
import type { AlgorithmIdentifier } from './algorithm-identifier.ts'
import type { Signed } from './certificate.ts'
import type { AuthorityKeyIdentifier } from './extensions/authority-key-identifier.ts'
import type { AccessDescription } from './extensions/access-description.ts'
import type { DistributionPoint } from './extensions/distribution-points.ts'
import type { IssuingDistributionPoint } from './extensions/issuing-distribution-point.ts'
import type { Extension } from './extensions/values.ts'
import type { GeneralName } from './general-name.ts'
import type { Name } from './name.ts'

/** A certificate revocation list (RFC 5280 §5.1): its fields, and every extension of §5.2, null if absent. */
export interface CertificateList extends Signed, CrlExtensions {
  /** 1 or 2 in any list that conforms to RFC 5280. */
  readonly version: number
  /** The inner algorithm, under the signature. */
  readonly signature: AlgorithmIdentifier
  readonly issuer: Name
  readonly thisUpdate: Date
  readonly nextUpdate: Date | null
  readonly timeTypes: { readonly thisUpdate: TimeType; readonly nextUpdate: TimeType | null }
  readonly revokedCertificates: RevokedCertificates
  readonly extensions: readonly Extension[]
  readonly findings: readonly Finding[]
}

export interface CrlExtensionValues {
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier
  readonly issuerAltName: readonly GeneralName[]
  /** Content of the INTEGER, as is that of the base's number. */
  readonly cRLNumber: Uint8Array
  readonly deltaCRLIndicator: Uint8Array
  readonly issuingDistributionPoint: IssuingDistributionPoint
  readonly freshestCRL: readonly DistributionPoint[]
  readonly authorityInfoAccess: readonly AccessDescription[]
}

export type CrlExtensions = { readonly [K in keyof CrlExtensionValues]: CrlExtensionValues[K] | null }

const EXTENSIONS_FIELD = contextConstructed(0)

/**
 * Returns one list as views into `der`. Throws a CodedError with the offset if the octets are not a DER list. An
 * unreadable extension value and an imperfect entry are findings. Every entry is checked, none is kept as an object.
 */
export function parseCertificateList(der: Uint8Array, limits?: Limits): CertificateList {
  return parseWhole(der, parseCertificateListFrom, limits)
}

/** As parseCertificateList, for one value of a larger structure; offsets count in that structure. */
export function parseCertificateListFrom(reader: Reader): CertificateList {
  const findings: Finding[] = []
  const start = reader.offset
  const list = reader.sequence()
  const tbsStart = list.offset
  const fields = list.sequence()
  const tbs = list.since(tbsStart)
  const signatureAlgorithm = parseAlgorithmIdentifier(list)
  const signatureValue = wholeOctets(list.bitString(), 'signatureValue', findings)
  list.finish()
  const parsed = parseFields(fields, findings)
  return { der: reader.since(start), tbs, signatureAlgorithm, signatureValue, ...parsed, findings }
}

function parseFields(fields: Reader, findings: Finding[]): Omit<CertificateList, keyof Signed | 'findings'> {
  const version = parseVersion(fields)
  const signature = parseAlgorithmIdentifier(fields)
  const issuer = parseName(fields, 'issuer', findings)
  const thisUpdate = fields.time()
  const tag = fields.peekTag()
  const nextUpdate = tag === TAG.UTC_TIME || tag === TAG.GENERALIZED_TIME ? fields.time() : null
  const revokedCertificates = parseRevoked(fields)
  const { imperfect } = revokedCertificates
  if (imperfect) {
    const { serialNumber, offset, count } = imperfect
    const detail = { serialNumber: hexOf(serialNumber), offset, more: count - 1 }
    findings.push({ code: 'crl-entry-imperfect', detail })
  }
  const values = noExtensions()
  const extensions = parseExtensionsField(fields, values, findings)
  fields.finish()
  return {
    version,
    signature,
    issuer,
    thisUpdate: thisUpdate.date,
    nextUpdate: nextUpdate?.date ?? null,
    timeTypes: { thisUpdate: thisUpdate.type, nextUpdate: nextUpdate?.type ?? null },
    revokedCertificates,
    extensions,
    ...values,
  }
}

/** Version (§5.1.2.1): absent means 1; any number is kept, for a finding. */
const parseVersion = (fields: Reader): number =>
  fields.peekTag() === TAG.INTEGER ? fields.smallInteger() + 1 : 1

function parseRevoked(fields: Reader): RevokedCertificates {
  const entries = fields.optional(TAG.SEQUENCE)
  return entries
    ? RevokedCertificates.parse(entries.bytes, entries.offset, entries.end)
    : RevokedCertificates.none
}

type Mutable = { -readonly [K in keyof CrlExtensionValues]: CrlExtensionValues[K] | null }

function noExtensions(): Mutable {
  return {
    authorityKeyIdentifier: null,
    issuerAltName: null,
    cRLNumber: null,
    deltaCRLIndicator: null,
    issuingDistributionPoint: null,
    freshestCRL: null,
    authorityInfoAccess: null,
  }
}

type ReadInto = (values: Mutable, content: Reader, findings: Finding[]) => void

const READERS: Readonly<Record<string, ReadInto>> = {
  [EXTENSION_OIDS.authorityKeyIdentifier]: (values, content, findings) => {
    values.authorityKeyIdentifier = parseAuthorityKeyIdentifier(content, findings)
  },
  [EXTENSION_OIDS.issuerAltName]: (values, content, findings) => {
    values.issuerAltName = parseGeneralNames(content.sequence(), 'issuerAltName', findings)
  },
  [LIST_EXTENSION_OIDS.cRLNumber]: (values, content) => {
    values.cRLNumber = content.integer()
  },
  [LIST_EXTENSION_OIDS.deltaCRLIndicator]: (values, content) => {
    values.deltaCRLIndicator = content.integer()
  },
  [LIST_EXTENSION_OIDS.issuingDistributionPoint]: (values, content, findings) => {
    values.issuingDistributionPoint = parseIssuingDistributionPoint(content, findings)
  },
  [EXTENSION_OIDS.freshestCRL]: (values, content, findings) => {
    values.freshestCRL = parseDistributionPoints('freshestCRL')(content, findings)
  },
  [EXTENSION_OIDS.authorityInfoAccess]: (values, content, findings) => {
    values.authorityInfoAccess = parseAccessDescriptions('authorityInfoAccess')(content, findings)
  },
}

function parseExtensionsField(fields: Reader, values: Mutable, findings: Finding[]): Extension[] {
  const wrapped = fields.optional(EXTENSIONS_FIELD)
  if (!wrapped) return []
  const extensions = parseExtensions(wrapped.sequence(), findings, ({ oid }, content) => {
    const read = READERS[oid]
    if (!read) return
    read(values, content, findings)
    content.finish()
  })
  // If the scope or the base of a list is given twice, neither is known.
  const isRepeated = (oid: string): boolean => extensions.filter((each) => each.oid === oid).length > 1
  if (isRepeated(LIST_EXTENSION_OIDS.issuingDistributionPoint)) values.issuingDistributionPoint = null
  if (isRepeated(LIST_EXTENSION_OIDS.deltaCRLIndicator)) values.deltaCRLIndicator = null
  wrapped.finish()
  return extensions
}

/** The fields of a TBSCertList to encode (RFC 5280 §5.1, always version 2). Names and algorithm are DER, copied. */
export interface TbsCertListFields {
  readonly signature: Uint8Array
  readonly issuer: Uint8Array
  readonly thisUpdate: Date
  readonly nextUpdate: Date
  /** Entries in DER, concatenated, in pieces of any size. */
  readonly revokedCertificates: readonly Uint8Array[]
  /** The signer's subjectKeyIdentifier (§5.2.1); null if it has none. */
  readonly authorityKeyIdentifier: Uint8Array | null
  /** Content of the INTEGER; so is the number of the base. */
  readonly cRLNumber: Uint8Array
  readonly deltaCRLIndicator?: Uint8Array | null
  readonly issuingDistributionPoint?: IssuingDistributionPoint | null
  readonly freshestCRL?: readonly DistributionPoint[] | null
}

/** Returns a TBSCertList, DER. */
export function encodeTbsCertList(fields: TbsCertListFields): Der {
  const entries = concat(fields.revokedCertificates)
  // §5.1.2.6: the field is omitted if there are no entries.
  const list = entries.length > 0 ? [tlvHeader(TAG.SEQUENCE, entries.length), entries] : []
  return seq(
    integer(1),
    fields.signature,
    fields.issuer,
    time(fields.thisUpdate),
    time(fields.nextUpdate),
    ...list,
    explicit(0, seq(...listExtensions(fields))),
  )
}

function listExtensions(fields: TbsCertListFields): Der[] {
  const {
    authorityKeyIdentifier: keyIdentifier,
    deltaCRLIndicator,
    issuingDistributionPoint,
    freshestCRL,
  } = fields
  const extensions: Der[] = []
  const add = (oid: string, critical: boolean, value: Uint8Array): void => {
    extensions.push(encodeExtension({ oid, critical, value }))
  }
  if (keyIdentifier)
    add(
      EXTENSION_OIDS.authorityKeyIdentifier,
      false,
      encodeAuthorityKeyIdentifier({
        keyIdentifier,
        authorityCertIssuer: null,
        authorityCertSerialNumber: null,
      }),
    )
  add(LIST_EXTENSION_OIDS.cRLNumber, false, integerContent(fields.cRLNumber))
  if (deltaCRLIndicator) add(LIST_EXTENSION_OIDS.deltaCRLIndicator, true, integerContent(deltaCRLIndicator))
  if (issuingDistributionPoint)
    add(
      LIST_EXTENSION_OIDS.issuingDistributionPoint,
      true,
      encodeIssuingDistributionPoint(issuingDistributionPoint),
    )
  if (freshestCRL) add(EXTENSION_OIDS.freshestCRL, false, encodeDistributionPoints(freshestCRL))
  return extensions
}
