import { TAG } from '../der/reader.ts'
import type { Attribute, Name } from '../x509/name.ts'
import type { Certificate } from '../x509/certificate.ts'
import { sameOctets } from '../octets.ts'
import { ATTRIBUTE_OIDS } from '../x509/oids.ts'
import type { LintContext } from './rule.ts'

/** Constraints of RFC 5280 Appendix A.1 on name attributes: string types and upper bounds. */

/** String types that new names no longer use (§4.1.2.4). */
export const OLD_STRING_TYPES: Readonly<Record<number, string>> = {
  [TAG.TELETEX_STRING]: 'TeletexString',
  [TAG.BMP_STRING]: 'BMPString',
  [TAG.UNIVERSAL_STRING]: 'UniversalString',
}

const PRINTABLE = { tag: TAG.PRINTABLE_STRING, type: 'PrintableString' } as const
const IA5 = { tag: TAG.IA5_STRING, type: 'IA5String' } as const

const FIXED_TYPES: Readonly<Record<string, typeof PRINTABLE | typeof IA5>> = {
  [ATTRIBUTE_OIDS.C]: PRINTABLE,
  [ATTRIBUTE_OIDS.serialNumber]: PRINTABLE,
  [ATTRIBUTE_OIDS.dnQualifier]: PRINTABLE,
  [ATTRIBUTE_OIDS.emailAddress]: IA5,
  [ATTRIBUTE_OIDS.DC]: IA5,
}

/** Returns the only string type of this attribute, or null if it is a DirectoryString, or unknown. */
export const attributeStringType = (oid: string): { tag: number; type: string } | null =>
  FIXED_TYPES[oid] ?? null

/** The ub- values of Appendix A.1, in characters. */
const LIMITS: Readonly<Record<string, number>> = {
  [ATTRIBUTE_OIDS.CN]: 64,
  [ATTRIBUTE_OIDS.O]: 64,
  [ATTRIBUTE_OIDS.OU]: 64,
  [ATTRIBUTE_OIDS.title]: 64,
  [ATTRIBUTE_OIDS.serialNumber]: 64,
  [ATTRIBUTE_OIDS.L]: 128,
  [ATTRIBUTE_OIDS.ST]: 128,
  [ATTRIBUTE_OIDS.pseudonym]: 128,
  [ATTRIBUTE_OIDS.emailAddress]: 255,
  [ATTRIBUTE_OIDS.SN]: 32_768,
  [ATTRIBUTE_OIDS.GN]: 32_768,
  [ATTRIBUTE_OIDS.initials]: 32_768,
  [ATTRIBUTE_OIDS.generationQualifier]: 32_768,
  [ATTRIBUTE_OIDS.name]: 32_768,
}

/** Returns the maximum number of characters of this attribute, or null if Appendix A.1 sets no bound. */
export const attributeLimit = (oid: string): number | null => LIMITS[oid] ?? null

/** Whether Appendix A.1 makes the attribute a DirectoryString. */
export const isDirectoryStringAttribute = (oid: string): boolean =>
  oid in LIMITS && FIXED_TYPES[oid] === undefined

/** Returns all attributes of the given names, in order. */
export function attributesOf(...names: readonly Name[]): Attribute[] {
  const all: Attribute[] = []
  for (const { rdns } of names) for (const rdn of rdns) for (const attribute of rdn) all.push(attribute)
  return all
}

/** Returns the readable common names. */
export const commonNames = ({ rdns }: Name): string[] =>
  rdns.flat().flatMap(({ oid, text }) => (oid === ATTRIBUTE_OIDS.CN && text !== null ? [text] : []))

/**
 * Invisible characters: controls, those that change the direction of text, separate lines, or are drawn as nothing
 * (Unicode's Default_Ignorable_Code_Point, noncharacters, the Braille cell without dots); and spaces other than the
 * space.
 */
export const HIDDEN_CHARACTER =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]|(?! )\p{Zs}/u

/**
 * Returns the attributes that a certificate is responsible for: its subject's, and its issuer's unless they are copied
 * octet for octet from the issuer's own certificate, which is responsible for them: a CA cannot change its name in the
 * certificates it issues.
 */
export const attributesAnsweredFor = (
  { subject, issuer }: Pick<Certificate, 'subject' | 'issuer'>,
  { issuer: above }: LintContext,
): Attribute[] =>
  above !== null && sameOctets(above.subject.der, issuer.der)
    ? attributesOf(subject)
    : attributesOf(subject, issuer)
