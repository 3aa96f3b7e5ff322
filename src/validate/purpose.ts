import type { KeyUsageBit } from '../x509/extensions/key-usage.ts'

export type Purpose =
  'serverAuth' | 'clientAuth' | 'codeSigning' | 'emailProtection' | 'timeStamping' | 'OCSPSigning'

interface PurposeRule {
  readonly oid: string
  /** Key usages consistent with it, any one of which suffices (RFC 5280 §4.2.1.12). */
  readonly keyUsage: readonly KeyUsageBit[]
}

export const PURPOSES: Record<Purpose, PurposeRule> = {
  serverAuth: { oid: '1.3.6.1.5.5.7.3.1', keyUsage: ['digitalSignature', 'keyEncipherment', 'keyAgreement'] },
  clientAuth: { oid: '1.3.6.1.5.5.7.3.2', keyUsage: ['digitalSignature', 'keyAgreement'] },
  codeSigning: { oid: '1.3.6.1.5.5.7.3.3', keyUsage: ['digitalSignature'] },
  emailProtection: {
    oid: '1.3.6.1.5.5.7.3.4',
    keyUsage: ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'keyAgreement'],
  },
  timeStamping: { oid: '1.3.6.1.5.5.7.3.8', keyUsage: ['digitalSignature', 'nonRepudiation'] },
  OCSPSigning: { oid: '1.3.6.1.5.5.7.3.9', keyUsage: ['digitalSignature', 'nonRepudiation'] },
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
