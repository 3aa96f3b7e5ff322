import { contextConstructed, contextPrimitive } from '../der/reader.ts'
import { wellFormedElement } from '../der/well-formed.ts'
import type { Reader } from '../der/reader.ts'
import { explicit, implicit, oid as encodeOid, octetString, seq, tlv } from '../der/writer.ts'
import type { Der } from '../der/writer.ts'
import type { Finding } from '../findings.ts'
import { parseName } from './name.ts'
import type { Name } from './name.ts'
import { brokenString, isAscii, latin1 } from './string-types.ts'

/** RFC 5280 §4.2.1.6. IA5 values that are not ASCII are decoded octet by octet (Latin-1). */
export type GeneralName =
  | { readonly kind: 'otherName'; readonly typeId: string; readonly value: Uint8Array /* DER of the value */ }
  | { readonly kind: Ia5Kind; readonly value: string }
  | { readonly kind: 'x400Address' | 'ediPartyName'; readonly der: Uint8Array }
  | { readonly kind: 'directoryName'; readonly name: Name }
  | { readonly kind: 'iPAddress'; readonly octets: Uint8Array }
  | { readonly kind: 'registeredID'; readonly oid: string }

type Ia5Kind = 'rfc822Name' | 'dNSName' | 'uniformResourceIdentifier'
export type GeneralNameKind = GeneralName['kind']

const OTHER_NAME = contextConstructed(0)
const RFC822_NAME = contextPrimitive(1)
const DNS_NAME = contextPrimitive(2)
const X400_ADDRESS = contextConstructed(3)
const DIRECTORY_NAME = contextConstructed(4)
const EDI_PARTY_NAME = contextConstructed(5)
const URI = contextPrimitive(6)
const IP_ADDRESS = contextPrimitive(7)
const REGISTERED_ID = contextPrimitive(8)

/** Reads one GeneralName; `field` is its location for the findings. */
export function parseGeneralName(reader: Reader, field: string, findings: Finding[]): GeneralName {
  switch (reader.peekTag()) {
    case OTHER_NAME: {
      const fields = reader.constructed(OTHER_NAME)
      const typeId = fields.oid()
      const wrapped = fields.constructed(contextConstructed(0))
      const value = wellFormedElement(wrapped)
      wrapped.finish()
      fields.finish()
      return { kind: 'otherName', typeId, value }
    }
    case RFC822_NAME:
      return { kind: 'rfc822Name', value: readIa5(reader, field, findings) }
    case DNS_NAME:
      return { kind: 'dNSName', value: readIa5(reader, field, findings) }
    case URI:
      return { kind: 'uniformResourceIdentifier', value: readIa5(reader, field, findings) }
    case X400_ADDRESS:
      return { kind: 'x400Address', der: reader.element() }
    case EDI_PARTY_NAME:
      return { kind: 'ediPartyName', der: reader.element() }
    case DIRECTORY_NAME: {
      const wrapped = reader.constructed(DIRECTORY_NAME)
      const name = parseName(wrapped, field, findings)
      wrapped.finish()
      return { kind: 'directoryName', name }
    }
    case IP_ADDRESS:
      return { kind: 'iPAddress', octets: reader.content() }
    default:
      return { kind: 'registeredID', oid: reader.oid(REGISTERED_ID) }
  }
}

function readIa5(reader: Reader, field: string, findings: Finding[]): string {
  const content = reader.content()
  if (!isAscii(content)) findings.push(brokenString(field, '', 'IA5String', content))
  return latin1(content)
}

/** The members of a GeneralNames; the cursor is over the content of its SEQUENCE. */
export function parseGeneralNames(sequence: Reader, field: string, findings: Finding[]): GeneralName[] {
  const names: GeneralName[] = []
  while (!sequence.atEnd) names.push(parseGeneralName(sequence, field, findings))
  return names
}

/** Encodes IA5 text as it was read: one octet per character. Characters beyond Latin-1 are a bug of the caller. */
export function encodeGeneralName(name: GeneralName): Der {
  switch (name.kind) {
    case 'otherName':
      return tlv(OTHER_NAME, encodeOid(name.typeId), explicit(0, name.value))
    case 'rfc822Name':
      return tlv(RFC822_NAME, ia5Octets(name.value))
    case 'dNSName':
      return tlv(DNS_NAME, ia5Octets(name.value))
    case 'uniformResourceIdentifier':
      return tlv(URI, ia5Octets(name.value))
    case 'x400Address':
    case 'ediPartyName':
      return Uint8Array.from(name.der)
    case 'directoryName':
      return explicit(4, name.name.der)
    case 'iPAddress':
      return implicit(7, octetString(name.octets))
    case 'registeredID':
      return implicit(8, encodeOid(name.oid))
  }
}

export const encodeGeneralNames = (names: readonly GeneralName[]): Der => seq(...names.map(encodeGeneralName))

function ia5Octets(text: string): Uint8Array {
  const octets = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 0xff) throw new Error('not an IA5String')
    octets[i] = unit
  }
  return octets
}
