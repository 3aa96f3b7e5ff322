import { TAG } from '../der/reader.ts'
import { oidOctets } from '../der/oid.ts'
import { isPrintable } from '../der/writer.ts'
import type { Der } from '../der/writer.ts'
import { encodeName, stringTypeOf } from '../x509/name.ts'
import { ATTRIBUTE_OIDS } from '../x509/oids.ts'
import { invalidField } from './input.ts'
import type { AttributeInput } from './input.ts'

/** Attribute types by the names of RFC 4519 and RFC 5280; any other goes by its OID. */
export const ATTRIBUTE_TYPES: Readonly<Record<string, string>> = {
  commonName: ATTRIBUTE_OIDS.CN,
  surname: ATTRIBUTE_OIDS.SN,
  serialNumber: ATTRIBUTE_OIDS.serialNumber,
  countryName: ATTRIBUTE_OIDS.C,
  localityName: ATTRIBUTE_OIDS.L,
  stateOrProvinceName: ATTRIBUTE_OIDS.ST,
  streetAddress: ATTRIBUTE_OIDS.STREET,
  organizationName: ATTRIBUTE_OIDS.O,
  organizationalUnitName: ATTRIBUTE_OIDS.OU,
  title: ATTRIBUTE_OIDS.title,
  description: ATTRIBUTE_OIDS.description,
  businessCategory: ATTRIBUTE_OIDS.businessCategory,
  postalCode: ATTRIBUTE_OIDS.postalCode,
  name: ATTRIBUTE_OIDS.name,
  givenName: ATTRIBUTE_OIDS.GN,
  initials: ATTRIBUTE_OIDS.initials,
  generationQualifier: ATTRIBUTE_OIDS.generationQualifier,
  dnQualifier: ATTRIBUTE_OIDS.dnQualifier,
  pseudonym: ATTRIBUTE_OIDS.pseudonym,
  organizationIdentifier: ATTRIBUTE_OIDS.organizationIdentifier,
  domainComponent: ATTRIBUTE_OIDS.DC,
  userId: ATTRIBUTE_OIDS.UID,
  emailAddress: ATTRIBUTE_OIDS.emailAddress,
}

const NAME_OF = new Map(Object.entries(ATTRIBUTE_TYPES).map(([name, oid]) => [oid, name]))

/** The type's name in ATTRIBUTE_TYPES, or the OID itself. */
export const attributeTypeName = (oid: string): string => NAME_OF.get(oid) ?? oid

/**
 * Encodes a subject as typed, one attribute per set. Throws with the field if the attribute's string type cannot hold
 * the text.
 */
export function encodeSubject(attributes: readonly AttributeInput[]): Der {
  return encodeName(
    attributes.map(({ type, value }, index) => {
      const field = `subject.${type}`
      const oid = ATTRIBUTE_TYPES[type] ?? type
      if (!oidOctets(oid)) throw invalidField(`subject.${String(index)}`, type, 'unknown')
      if (value === '') throw invalidField(field, value, 'empty')
      // A NUL ends a string for many readers, and so hides what follows it.
      if (/[\p{Cc}\p{Cs}]/u.test(value)) throw invalidField(field, value, 'characters')
      const text = oid === ATTRIBUTE_OIDS.C ? value.toUpperCase() : value
      const tag = stringTypeOf(oid)
      if (tag === TAG.PRINTABLE_STRING && !isPrintable(text)) throw invalidField(field, value, 'characters')
      // eslint-disable-next-line no-control-regex -- the control characters are refused above
      if (tag === TAG.IA5_STRING && !/^[\x00-\x7f]*$/.test(text))
        throw invalidField(field, value, 'characters')
      return [{ oid, text }]
    }),
  )
}
