import { PURPOSE_BITS } from '../lint/key-facts.ts'
import type { KeyUsageBit } from '../x509/extensions/key-usage.ts'
import { EKU_OIDS } from '../x509/oids.ts'

export type Purpose =
  'serverAuth' | 'clientAuth' | 'codeSigning' | 'emailProtection' | 'timeStamping' | 'OCSPSigning'

interface PurposeRule {
  readonly oid: string
  /** Key usages consistent with it, any one of which is enough (RFC 5280 §4.2.1.12). */
  readonly keyUsage: readonly KeyUsageBit[]
}

const ruleOf = (purpose: Purpose): PurposeRule => {
  const oid = EKU_OIDS[purpose]
  return { oid, keyUsage: PURPOSE_BITS[oid]!.bits }
}

export const PURPOSES: Record<Purpose, PurposeRule> = {
  serverAuth: ruleOf('serverAuth'),
  clientAuth: ruleOf('clientAuth'),
  codeSigning: ruleOf('codeSigning'),
  emailProtection: ruleOf('emailProtection'),
  timeStamping: ruleOf('timeStamping'),
  OCSPSigning: ruleOf('OCSPSigning'),
}

/** Returns the OID of a purpose given by name or OID. */
export const purposeOid = (purpose: string): string =>
  Object.hasOwn(PURPOSES, purpose) ? PURPOSES[purpose as Purpose].oid : purpose

/** Returns the purpose with this OID, null if we have no rules for it. */
export const purposeOf = (oid: string): Purpose | null => BY_OID.get(oid) ?? null

const BY_OID = new Map(
  (Object.keys(PURPOSES) as Purpose[]).map((purpose) => [PURPOSES[purpose].oid, purpose]),
)

/** The purpose to validate the target for. */
export interface AskedPurposes {
  readonly purpose?: Purpose | 'any'
  /** Further purposes that the target must allow: names of purposes, or OIDs. */
  readonly ekus?: readonly string[]
}

/** Returns the OIDs of every purpose asked for. */
export function purposesAsked({ purpose = 'any', ekus = [] }: AskedPurposes): readonly string[] {
  const asked = purpose === 'any' ? ekus : [purpose, ...ekus]
  return [...new Set(asked.map(purposeOid))]
}
