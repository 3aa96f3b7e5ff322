import { contextConstructed, contextPrimitive } from '../../der/reader.ts'
import type { Reader } from '../../der/reader.ts'
import { explicit, implicit, seq, tlv } from '../../der/writer.ts'
import type { Der } from '../../der/writer.ts'
import type { Finding } from '../../findings.ts'
import { encodeGeneralName, parseGeneralNames } from '../general-name.ts'
import type { GeneralName } from '../general-name.ts'
import { encodeRdn, parseRdn } from '../name.ts'
import type { Attribute } from '../name.ts'
import { EXTENSION_OIDS } from '../oids.ts'
import { namedBitList } from './named-bits.ts'

/** ReasonFlags (RFC 5280 §4.2.1.13), by their bits; bit 0 is unused. */
export const REASON_FLAGS = [
  'unused',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise',
] as const
export type ReasonFlag = (typeof REASON_FLAGS)[number]
export const reasonFlags = namedBitList(REASON_FLAGS)

/** DistributionPointName (RFC 5280 §4.2.1.13): exactly one of the two is not null. */
export interface DistributionPointName {
  readonly fullName: readonly GeneralName[] | null
  readonly nameRelativeToCRLIssuer: readonly Attribute[] | null
}

/** DistributionPoint (RFC 5280 §4.2.1.13); both names are null if distributionPoint is absent. */
export interface DistributionPoint extends DistributionPointName {
  readonly reasons: ReadonlySet<ReasonFlag> | null
  readonly cRLIssuer: readonly GeneralName[] | null
}

const NAME = contextConstructed(0)
const FULL_NAME = contextConstructed(0)
const RELATIVE_NAME = contextConstructed(1)
const REASONS = contextPrimitive(1)
const CRL_ISSUER = contextConstructed(2)

/** CRLDistributionPoints, which is also the syntax of FreshestCRL (§4.2.1.13, §4.2.1.15). */
export const parseDistributionPoints =
  (field: 'cRLDistributionPoints' | 'freshestCRL') =>
  (reader: Reader, findings: Finding[]): DistributionPoint[] => {
    const sequence = reader.sequence()
    const points: DistributionPoint[] = []
    while (!sequence.atEnd) points.push(parsePoint(sequence.sequence(), field, findings))
    return points
  }

function parsePoint(
  fields: Reader,
  field: 'cRLDistributionPoints' | 'freshestCRL',
  findings: Finding[],
): DistributionPoint {
  const wrapped = fields.optional(NAME)
  const { fullName, nameRelativeToCRLIssuer } = wrapped
    ? parseDistributionPointName(wrapped, field, findings)
    : NO_NAME
  const reasons =
    fields.peekTag() === REASONS ? reasonFlags.parse(fields, REASONS, EXTENSION_OIDS[field], findings) : null
  const issuer = fields.optional(CRL_ISSUER)
  const cRLIssuer = issuer && parseGeneralNames(issuer, field, findings)
  fields.finish()
  return { fullName, nameRelativeToCRLIssuer, reasons, cRLIssuer }
}

const NO_NAME: DistributionPointName = { fullName: null, nameRelativeToCRLIssuer: null }

/** Expects the cursor over the content of the EXPLICIT tag around a DistributionPointName. */
export function parseDistributionPointName(
  wrapped: Reader,
  field: string,
  findings: Finding[],
): DistributionPointName {
  const relative = wrapped.optional(RELATIVE_NAME)
  const name: DistributionPointName = relative
    ? { fullName: null, nameRelativeToCRLIssuer: parseRdn(relative, field, findings) }
    : {
        fullName: parseGeneralNames(wrapped.constructed(FULL_NAME), field, findings),
        nameRelativeToCRLIssuer: null,
      }
  wrapped.finish()
  return name
}

export const encodeDistributionPoints = (points: readonly DistributionPoint[]): Der =>
  seq(...points.map(encodePoint))

function encodePoint(point: DistributionPoint): Der {
  const parts: Der[] = []
  if (point.fullName ?? point.nameRelativeToCRLIssuer)
    parts.push(explicit(0, encodeDistributionPointName(point)))
  if (point.reasons) parts.push(implicit(1, reasonFlags.encode(point.reasons)))
  if (point.cRLIssuer) parts.push(tlv(CRL_ISSUER, ...point.cRLIssuer.map(encodeGeneralName)))
  return seq(...parts)
}

export function encodeDistributionPointName({
  fullName,
  nameRelativeToCRLIssuer,
}: DistributionPointName): Der {
  if (fullName) return tlv(FULL_NAME, ...fullName.map(encodeGeneralName))
  return implicit(1, encodeRdn(nameRelativeToCRLIssuer ?? []))
}
