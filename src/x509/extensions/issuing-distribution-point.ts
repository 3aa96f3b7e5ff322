import { contextConstructed, contextPrimitive } from '../../der/reader.ts'
import { boolean, explicit, implicit, seq } from '../../der/writer.ts'
import { LIST_EXTENSION_OIDS } from '../oids.ts'
import {
  encodeDistributionPointName,
  parseDistributionPointName,
  reasonFlags,
} from './distribution-points.ts'
import type { Reader } from '../../der/reader.ts'
import type { Der } from '../../der/writer.ts'
import type { Finding } from '../../findings.ts'
import type { DistributionPointName, ReasonFlag } from './distribution-points.ts'

/** IssuingDistributionPoint (RFC 5280 §5.2.5): the certificates and reasons that a list covers. */
export interface IssuingDistributionPoint {
  readonly distributionPoint: DistributionPointName | null
  readonly onlyContainsUserCerts: boolean
  readonly onlyContainsCACerts: boolean
  readonly onlySomeReasons: ReadonlySet<ReasonFlag> | null
  readonly indirectCRL: boolean
  readonly onlyContainsAttributeCerts: boolean
}

/** Limits nothing: a base to add limits to, not to be encoded as it is (§5.2.5). */
export const UNLIMITED: IssuingDistributionPoint = {
  distributionPoint: null,
  onlyContainsUserCerts: false,
  onlyContainsCACerts: false,
  onlySomeReasons: null,
  indirectCRL: false,
  onlyContainsAttributeCerts: false,
}

const FIELD = 'issuingDistributionPoint'

export function parseIssuingDistributionPoint(reader: Reader, findings: Finding[]): IssuingDistributionPoint {
  const fields = reader.sequence()
  const flag = (n: number): boolean => {
    if (fields.peekTag() !== contextPrimitive(n)) return false
    const value = fields.boolean(contextPrimitive(n))
    if (!value) findings.push({ code: 'der-default-encoded', detail: { field: `${FIELD} [${n}]` } })
    return value
  }
  const name = fields.optional(contextConstructed(0))
  const distributionPoint = name && parseDistributionPointName(name, FIELD, findings)
  const onlyContainsUserCerts = flag(1)
  const onlyContainsCACerts = flag(2)
  const onlySomeReasons =
    fields.peekTag() === contextPrimitive(3)
      ? reasonFlags.parse(fields, contextPrimitive(3), LIST_EXTENSION_OIDS.issuingDistributionPoint, findings)
      : null
  const indirectCRL = flag(4)
  const onlyContainsAttributeCerts = flag(5)
  fields.finish()
  return {
    distributionPoint,
    onlyContainsUserCerts,
    onlyContainsCACerts,
    onlySomeReasons,
    indirectCRL,
    onlyContainsAttributeCerts,
  }
}

export function encodeIssuingDistributionPoint(value: IssuingDistributionPoint): Der {
  const parts: Der[] = []
  const flag = (n: number, set: boolean): void => {
    if (set) parts.push(implicit(n, boolean(true)))
  }
  if (value.distributionPoint) parts.push(explicit(0, encodeDistributionPointName(value.distributionPoint)))
  flag(1, value.onlyContainsUserCerts)
  flag(2, value.onlyContainsCACerts)
  if (value.onlySomeReasons) parts.push(implicit(3, reasonFlags.encode(value.onlySomeReasons)))
  flag(4, value.indirectCRL)
  flag(5, value.onlyContainsAttributeCerts)
  return seq(...parts)
}
