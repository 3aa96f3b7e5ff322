import { sameOctets } from '../octets.ts'
import type { Attribute, Name } from '../../x509/name.ts'

/**
 * Distinguished names compared by RFC 5280 §7.1: attribute by attribute, texts after RFC 4518 preparation (case folded,
 * NFKC, white space trimmed and collapsed) whatever their string type; what is no text, octet by octet.
 */
export function nameEquals(a: Name, b: Name): boolean {
  return a === b || sameOctets(a.der, b.der) || (a.rdns.length === b.rdns.length && nameKey(a) === nameKey(b))
}

const keys = new WeakMap<Name, string>()

/** A text that is the same for names that are equal by §7.1, and for those alone. */
export function nameKey(name: Name): string {
  let key = keys.get(name)
  if (key === undefined) {
    key = ''
    for (const rdn of name.rdns) key += `${rdnKey(rdn)}\u0002`
    keys.set(name, key)
  }
  return key
}

/** As nameKey, of one RelativeDistinguishedName; the order of its attributes does not matter. */
export function rdnKey(rdn: readonly Attribute[]): string {
  return rdn.length === 1 ? attributeKey(rdn[0]!) : rdn.map(attributeKey).sort().join('\u0001')
}

function attributeKey({ oid, tag, value, text }: Attribute): string {
  return text === null ? `${oid}#${tag}#${value.join()}` : `${oid}=${foldText(text)}`
}

const ASCII = /^[\x20-\x7e]*$/
/** RFC 4518 §2.2: mapped to nothing. */
const TO_NOTHING =
  /[\u00ad\u034f\u1806\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u206a-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc]/gu

/** RFC 4518's preparation of a caseIgnoreMatch value, insignificant space reduced to one. */
export function foldText(text: string): string {
  const mapped = ASCII.test(text)
    ? text.toLowerCase()
    : text.replace(TO_NOTHING, '').normalize('NFKC').toLowerCase().normalize('NFKC')
  return mapped.trim().replace(/\s+/gu, ' ')
}
