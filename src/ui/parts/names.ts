import type { GeneralName } from '../../x509/general-name.ts'
import type { Attribute, Name } from '../../x509/name.ts'
import { ATTRIBUTE_OIDS, oidName } from '../../x509/oids.ts'
import { toHex } from './shorten.ts'

const SHORT = new Map<string, string>(Object.entries(ATTRIBUTE_OIDS).map(([name, oid]) => [oid, name]))

/** CN, O, …, or the dotted OID. */
export const attributeName = (oid: string): string => SHORT.get(oid) ?? oid

/** A string, or #hex of the content where it is none (RFC 4514 §2.4). */
export const attributeText = ({ text, value }: Attribute): string => text ?? `#${toHex(value)}`

/** One line, in the order of the certificate: 'C=DE, O=Example, CN=Root'. For the eye; never compared. */
export function nameLine(name: Name): string {
  return name.rdns
    .map((rdn) => rdn.map((a) => `${attributeName(a.oid)}=${attributeText(a)}`).join(' + '))
    .join(', ')
}

/** What to call the holder of `name`: its last commonName, else its last attribute. */
export function callName(name: Name): string {
  const attributes = name.rdns.flat()
  const common = attributes.findLast(({ oid }) => oid === ATTRIBUTE_OIDS.CN) ?? attributes.at(-1)
  return common ? attributeText(common) : ''
}

/** 'DNS:example.com', 'IP:10.0.0.1', 'IP:10.0.0.0/8'. */
export function generalNameText(name: GeneralName): string {
  switch (name.kind) {
    case 'dNSName':
      return `DNS:${name.value}`
    case 'rfc822Name':
      return `email:${name.value}`
    case 'uniformResourceIdentifier':
      return `URI:${name.value}`
    case 'iPAddress':
      return `IP:${addressText(name.octets)}`
    case 'directoryName':
      return `dirName:${nameLine(name.name)}`
    case 'registeredID':
      return `RID:${name.oid}`
    case 'otherName':
      return `otherName:${oidName(name.typeId) ?? name.typeId}:${otherText(name.value)}`
    default:
      return `${name.kind}:#${toHex(name.der)}`
  }
}

/** The text of a UTF8String or IA5String, else #hex of the DER. */
function otherText(der: Uint8Array): string {
  const isText = (der[0] === 0x0c || der[0] === 0x16) && (der[1] ?? 0x80) < 0x80
  return isText ? new TextDecoder().decode(der.subarray(2)) : `#${toHex(der)}`
}

/** 4 or 16 octets: an address; 8 or 32: an address and a mask (RFC 5280 §4.2.1.10). */
export function addressText(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join('.')
  if (octets.length === 16) return ipv6(octets)
  if (octets.length !== 8 && octets.length !== 32) return `#${toHex(octets)}`
  const half = octets.length / 2
  const address = addressText(octets.subarray(0, half))
  const length = prefixLength(octets.subarray(half))
  return length === null ? `${address}/${addressText(octets.subarray(half))}` : `${address}/${length}`
}

function prefixLength(mask: Uint8Array): number | null {
  const bits = Array.from(mask, (octet) => octet.toString(2).padStart(8, '0')).join('')
  return /^1*0*$/.test(bits) ? bits.replace(/0/g, '').length : null
}

/** RFC 5952: lower case, the longest run of zero groups shortened. */
function ipv6(octets: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((octets[2 * i] ?? 0) << 8) | (octets[2 * i + 1] ?? 0)).toString(16),
  )
  const text = groups.join(':')
  const runs = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].map(({ 0: run }) => run)
  const longest = runs.reduce((a, b) => (b.length > a.length ? b : a), '')
  if (longest === '') return text
  const at = text.indexOf(longest)
  const before = text.slice(0, at)
  const after = text.slice(at + longest.length).replace(/^:/, '')
  return `${before}::${after}`
}

/** What to call a certificate of the vault: its common name, its subject, or the first name it is valid for; null when sealed. */
export function callRow(row: {
  commonName: string | null
  subject: string | null
  subjectAltNames?: readonly string[]
}): string | null {
  const name = [row.commonName, row.subject].find((text) => text !== null && text !== '')
  if (name !== undefined) return name
  const first = row.subjectAltNames?.[0]
  if (first !== undefined) return first.replace(/^[A-Za-z0-9]+:/, '')
  return row.subject
}
