import type { KeyUsageBit } from '../x509/extensions/key-usage.ts'
import { EKU_OIDS } from '../x509/oids.ts'

export type Purpose =
  'serverAuth' | 'clientAuth' | 'codeSigning' | 'emailProtection' | 'timeStamping' | 'OCSPSigning'

interface PurposeRule {
  readonly oid: string
  /** Key usages consistent with it, any one of which suffices (RFC 5280 §4.2.1.12). */
  readonly keyUsage: readonly KeyUsageBit[]
}

export const PURPOSES: Record<Purpose, PurposeRule> = {
  serverAuth: { oid: EKU_OIDS.serverAuth, keyUsage: ['digitalSignature', 'keyEncipherment', 'keyAgreement'] },
  clientAuth: { oid: EKU_OIDS.clientAuth, keyUsage: ['digitalSignature', 'keyAgreement'] },
  codeSigning: { oid: EKU_OIDS.codeSigning, keyUsage: ['digitalSignature'] },
  emailProtection: {
    oid: EKU_OIDS.emailProtection,
    keyUsage: ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'keyAgreement'],
  },
  timeStamping: { oid: EKU_OIDS.timeStamping, keyUsage: ['digitalSignature', 'nonRepudiation'] },
  OCSPSigning: { oid: EKU_OIDS.OCSPSigning, keyUsage: ['digitalSignature', 'nonRepudiation'] },
}

/** A purpose by its name or its OID, as an OID. */
export const purposeOid = (purpose: string): string =>
  Object.hasOwn(PURPOSES, purpose) ? PURPOSES[purpose as Purpose].oid : purpose

/** The purpose of an OID, null where it is none we have rules for. */
export const purposeOf = (oid: string): Purpose | null => BY_OID.get(oid) ?? null

const BY_OID = new Map(
  (Object.keys(PURPOSES) as Purpose[]).map((purpose) => [PURPOSES[purpose].oid, purpose]),
)

/** What a caller asks the target to be good for. */
export interface AskedPurposes {
  readonly purpose?: Purpose | 'any'
  /** Further purposes the target must allow: names of purposes, or OIDs. */
  readonly ekus?: readonly string[]
}

/** OIDs of everything the target is to be used for. */
export function purposesAsked({ purpose = 'any', ekus = [] }: AskedPurposes): readonly string[] {
  const asked = purpose === 'any' ? ekus : [purpose, ...ekus]
  return [...new Set(asked.map(purposeOid))]
}
