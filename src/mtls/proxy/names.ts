/** Distinguished names as other programs write them. */
import { TAG } from '../../der/reader.ts'
import { tlv } from '../../der/writer.ts'
import { isCodedError } from '../../errors.ts'
import { hexOctet, hexOf, utf8 } from '../../octets.ts'
import { attributeTypeText, encodeName, type Attribute, type Name } from '../../x509/name.ts'
import { parseNameText } from '../../x509/name-from-text.ts'
import { ATTRIBUTE_OIDS } from '../../x509/oids.ts'

const upper = (octet: number): string => hexOctet(octet).toUpperCase()

/** OpenSSL's short names, where they differ from ours. */
const OPENSSL_NAMES: Readonly<Record<string, string>> = { [ATTRIBUTE_OIDS.STREET]: 'street' }
const typeName = ({ oid }: Attribute): string => OPENSSL_NAMES[oid] ?? attributeTypeText(oid)

const isKnown = ({ oid }: Attribute): boolean => attributeTypeText(oid) !== oid
const dumped = ({ tag, value }: Attribute): string => hexOf(tlv(tag, value))

/**
 * As OpenSSL's XN_FLAG_RFC2253 and the programs that use it write it: last attribute first, in a set too; a type without a
 * short name as the DER of its value. `high`: whether octets beyond ASCII are escaped.
 */
export function rfc2253Name({ rdns }: Name, { high = true } = {}): string {
  const one = (attribute: Attribute): string =>
    isKnown(attribute) && attribute.text !== null
      ? `${typeName(attribute)}=${rfc2253Value(attribute.text, high)}`
      : `${typeName(attribute)}=#${dumped(attribute).toUpperCase()}`
  return rdns
    .map((rdn) => rdn.map(one).reverse().join('+'))
    .reverse()
    .join(',')
}

function rfc2253Value(text: string, high: boolean): string {
  const characters = [...text]
  return characters.map((character, at) => rfc2253Character(character, at, characters.length, high)).join('')
}

function rfc2253Character(character: string, at: number, length: number, high: boolean): string {
  const code = character.codePointAt(0)!
  if (code > 0x7f)
    return high ? Array.from(utf8(character), (octet) => `\\${upper(octet)}`).join('') : character
  if (code < 0x20 || code === 0x7f) return `\\${upper(code)}`
  const isEdge = (character === ' ' && (at === 0 || at === length - 1)) || (character === '#' && at === 0)
  return isEdge || ',+"\\<>;'.includes(character) ? `\\${character}` : character
}

/** As X509_NAME_oneline of OpenSSL 3 writes it: in order, octets beyond printable ASCII as \xC3, slash and plus escaped. */
export function onelineName({ rdns }: Name): string {
  const one = (attribute: Attribute): string =>
    `${typeName(attribute)}=${Array.from(attribute.value, onelineOctet).join('')}`
  return rdns.map((rdn) => `/${rdn.map(one).join('+')}`).join('')
}

function onelineOctet(octet: number): string {
  if (octet < 0x20 || octet > 0x7e) return `\\x${upper(octet)}`
  const character = String.fromCharCode(octet)
  return character === '/' || character === '+' ? `\\${character}` : character
}

/** As HAProxy writes it: in order, each attribute after a slash, nothing escaped. */
export const slashName = ({ rdns }: Name): string =>
  rdns
    .flat()
    .map((attribute) => `/${typeName(attribute)}=${attribute.text ?? ''}`)
    .join('')

/** The types that Go has fields for, in the order in which it writes them. */
const GO_NAMES: readonly (readonly [oid: string, name: string])[] = [
  [ATTRIBUTE_OIDS.serialNumber, 'SERIALNUMBER'],
  [ATTRIBUTE_OIDS.CN, 'CN'],
  [ATTRIBUTE_OIDS.postalCode, 'POSTALCODE'],
  [ATTRIBUTE_OIDS.STREET, 'STREET'],
  [ATTRIBUTE_OIDS.ST, 'ST'],
  [ATTRIBUTE_OIDS.L, 'L'],
  [ATTRIBUTE_OIDS.OU, 'OU'],
  [ATTRIBUTE_OIDS.O, 'O'],
  [ATTRIBUTE_OIDS.C, 'C'],
]
/** Go keeps only the last value of these. */
const SINGLE: readonly string[] = [ATTRIBUTE_OIDS.serialNumber, ATTRIBUTE_OIDS.CN]

/** As Go's pkix.Name.String: a fixed order, all values of a type in one set, other types last as the DER of their text. */
export function goName({ rdns }: Name): string {
  const all = rdns.flat()
  const known = GO_NAMES.flatMap(([oid, name]) => {
    const values = all.filter((attribute) => attribute.oid === oid).map(({ text }) => text ?? '')
    const kept = SINGLE.includes(oid) ? values.slice(-1).filter((value) => value !== '') : values
    return kept.length === 0 ? [] : [kept.map((value) => `${name}=${goValue(value)}`).join('+')]
  })
  const others = all.filter(({ oid }) => !GO_NAMES.some(([each]) => each === oid))
  return [...known, ...others.map(goOther).reverse()].join(',')
}

function goValue(text: string): string {
  const last = [...text].slice(0, -1).join('').length
  let [out, at] = ['', 0]
  for (const character of text) {
    const isEdge = (character === ' ' && (at === 0 || at === last)) || (character === '#' && at === 0)
    out += isEdge || ',+"\\<>;'.includes(character) ? `\\${character}` : character
    at += character.length
  }
  return out
}

const GO_PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?]*$/

function goOther({ oid, text }: Attribute): string {
  const tag = GO_PRINTABLE.test(text ?? '') ? TAG.PRINTABLE_STRING : TAG.UTF8_STRING
  return `${oid}=#${hexOf(tlv(tag, utf8(text ?? '')))}`
}

/** Traefik's order, and its names: it writes no other types, and escapes nothing. */
const TRAEFIK_NAMES: readonly (readonly [oid: string, name: string])[] = [
  [ATTRIBUTE_OIDS.DC, 'DC'],
  [ATTRIBUTE_OIDS.C, 'C'],
  [ATTRIBUTE_OIDS.ST, 'ST'],
  [ATTRIBUTE_OIDS.L, 'L'],
  [ATTRIBUTE_OIDS.O, 'O'],
  [ATTRIBUTE_OIDS.OU, 'OU'],
  [ATTRIBUTE_OIDS.serialNumber, 'SN'],
  [ATTRIBUTE_OIDS.CN, 'CN'],
]

/** As Traefik writes it with every option on; an issuer has no OU there. */
export function traefikName({ rdns }: Name, isIssuer = false): string {
  const all = rdns.flat()
  return TRAEFIK_NAMES.filter(([oid]) => !isIssuer || oid !== ATTRIBUTE_OIDS.OU)
    .flatMap(([oid, name]) => {
      const values = all.filter((attribute) => attribute.oid === oid).map(({ text }) => text ?? '')
      return (SINGLE.includes(oid) ? values.slice(-1) : values)
        .filter((value) => value !== '')
        .map((value) => `${name}=${value}`)
    })
    .join(',')
}

/** In characters; proxies that say so stop at 512. A limit, because the time to read one is not linear in its parts. */
export const LONGEST_NAME = 8_192

/** Returns the DER of a name in the form of RFC 2253 or RFC 4514; null if the text is in neither. */
export function nameOf(text: string): Uint8Array | null {
  if (text.length > LONGEST_NAME) return null
  try {
    return encodeName(parseNameText(text))
  } catch (error) {
    if (isCodedError(error, 'name-text-invalid')) return null
    throw error
  }
}
