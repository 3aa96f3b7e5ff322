/** What single values look like, each written and read in one place: the formats are tables of these. */
import { readGeneralizedTime, readUtcTime, timeText } from '../../der/time.ts'
import { bigIntOf, colons, concat, hexOctets, hexOf, hexOfNumber, toBase64, utf8 } from '../../octets.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { GeneralName } from '../../x509/general-name.ts'
import { ipAddressToText } from '../../x509/ip-address.ts'
import type { Name } from '../../x509/name.ts'
import { encodePem } from '../../x509/pem.ts'
import { serialText } from '../../x509/serial-number.ts'
import { asItIs, base64Certificate, concatenated, pemCertificates, strictBase64 } from './certificates.ts'
import type { FactKind, Forwarding, ReadElement, ReadFact } from './facts.ts'
import { refusal } from './fault.ts'
import type { HeaderRow } from './format.ts'
import { nameOf } from './names.ts'
import { percentDecode, percentEncode, type PercentStyle } from './percent.ts'
import { splitOutsideQuotes, trimmed, type Slice } from './slice.ts'

type Value = Pick<HeaderRow, 'write' | 'read' | 'chain'>

const ofCertificates = (certificates: readonly Uint8Array[]): ReadElement[] => [{ certificates, facts: [] }]
export const ofFacts = (...facts: readonly ReadFact[]): ReadElement[] => [{ certificates: [], facts }]

/** A fact of a text that can be read in one way only. */
export const fact = (kind: FactKind, text: string): ReadFact => ({ kind, text, name: null, ambiguous: false })

export const pemOf = (der: Uint8Array): string => encodePem('CERTIFICATE', der)
const clientPem = ({ client }: Forwarding): string => pemOf(client.certificate.der)

/** PEM, percent-encoded; with `chain` all of what the client sent. */
export const percentPem = (style: PercentStyle, { chain = false } = {}): Value => ({
  write: (from) => percentEncode([clientPem(from), ...(chain ? from.chain.map(pemOf) : [])].join(''), style),
  read: (value) => ofCertificates(pemCertificates(percentDecode(trimmed(value)))),
})

/** PEM with something else where its lines end. */
export const pemLines = (lineEnd: string): Value => ({
  write: (from) => clientPem(from).replaceAll('\n', lineEnd),
  read: (value) => ofCertificates(pemCertificates(asItIs(value))),
})

/** DER in base64 on one line. */
export const base64Der: Value = {
  write: ({ client }) => toBase64(client.certificate.der),
  read: (value) => ofCertificates([base64Certificate(trimmed(value))]),
}

/** DER of the rest of the chain, joined, in base64. */
export const base64Chain: Value = {
  chain: true,
  // Empty if the client sent nothing else, and there all the same.
  write: ({ chain }) => toBase64(concat(chain)),
  read: (value) => {
    const slice = trimmed(value)
    return ofCertificates(concatenated(strictBase64(slice), slice.offset))
  },
}

/** DER in base64, several joined by commas, the client's own first. */
export const base64List: Value = {
  write: ({ client, chain }) => [client.certificate.der, ...chain].map(toBase64).join(','),
  read: (value) =>
    ofCertificates(splitOutsideQuotes(value, ',').map((each) => base64Certificate(trimmed(each)))),
}

/** Subject or issuer, in a program's own form. `ambiguous`: its values are not escaped. */
export function named(
  kind: 'subject' | 'issuer',
  text: (name: Name) => string,
  { ambiguous = false } = {},
): Value {
  return {
    write: ({ client }) => text(client.certificate[kind]),
    read: (value) => ofFacts(nameFact(kind, value, ambiguous)),
  }
}

/**
 * The fact of a name's text; refuses one that should be in the form of RFC 2253 and is not. A name may end in an escaped
 * space, of which HTTP leaves the backslash.
 */
export function nameFact(kind: 'subject' | 'issuer', value: Slice, ambiguous = false): ReadFact {
  const { text, offset } = trimmed(value)
  if (ambiguous) return { kind, text, name: null, ambiguous }
  const name = nameOf(text) ?? nameOf(`${text} `)
  if (!name) throw refusal('header-value', { offset, expected: 'name' })
  return { kind, text, name, ambiguous }
}

type HexStyle = 'lower' | 'upper' | 'colons'
const inStyle = (hex: string, style: HexStyle): string =>
  style === 'lower' ? hex : style === 'upper' ? hex.toUpperCase() : colons(hex).toLowerCase()

const LENGTHS = { sha1: 40, sha256: 64 } as const

/** A hash of the certificate in hexadecimal. */
export const hashHex = (kind: 'sha1' | 'sha256', style: HexStyle): Value => ({
  write: ({ client }) => inStyle(client[kind], style),
  read: (value) => ofFacts(hashFact(kind, value)),
})

/** The fact of a hash in hexadecimal, with or without colons. */
export function hashFact(kind: 'sha1' | 'sha256', value: Slice): ReadFact {
  const { text, offset } = trimmed(value)
  const hex = text.replaceAll(':', '').toLowerCase()
  if (hex.length !== LENGTHS[kind] || !/^[0-9a-f]*$/.test(hex))
    throw refusal('header-value', { offset, expected: kind })
  return fact(kind, hex)
}

/** SHA-256 of the certificate in base64. */
export const sha256Base64: Value = {
  write: ({ client }) => toBase64(hexOctets(client.sha256)!),
  read: (value) => {
    const slice = trimmed(value)
    const octets = strictBase64(slice)
    if (octets.length !== 32) throw refusal('header-value', { offset: slice.offset, expected: 'sha256' })
    return ofFacts(fact('sha256', hexOf(octets)))
  },
}

/** More digits than any serial number has (RFC 5280 §4.1.2.2 allows 20 octets). */
const MOST_DIGITS = 160

export const serialHex = (style: HexStyle): Value => ({
  write: ({ client }) => inStyle(client.serial, style),
  read: (value) => {
    const { text, offset } = trimmed(value)
    const hex = text.replaceAll(':', '')
    if (!/^[0-9A-Fa-f]+$/.test(hex) || hex.length > MOST_DIGITS)
      throw refusal('header-value', { offset, expected: 'serial' })
    return ofFacts(fact('serial', serialText(hex.length % 2 === 0 ? hex : `0${hex}`)))
  },
})

export const serialDecimal: Value = {
  write: ({ client }) => decimalOf(client.serial),
  read: (value) => ofFacts(fact('serial', serialOfDecimal(trimmed(value)))),
}

/** A serial number in hexadecimal as a decimal number. */
export const decimalOf = (serial: string): string => bigIntOf(hexOctets(serial)!).toString()

export function serialOfDecimal({ text, offset }: Slice): string {
  if (!/^[0-9]+$/.test(text) || text.length > MOST_DIGITS)
    throw refusal('header-value', { offset, expected: 'serial' })
  return hexOfNumber(BigInt(text))
}

/** A time: how it is written, and read; null if the text is none. */
interface TimeForm {
  readonly write: (date: Date) => string
  readonly read: (text: string) => Date | null
}

export const iso = (date: Date): string => date.toISOString().replace('.000Z', 'Z')

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** "Dec  6 00:00:00 2027 GMT", as OpenSSL prints a time. */
export const PRINTED: TimeForm = {
  write: (date) =>
    `${MONTHS[date.getUTCMonth()]!} ${String(date.getUTCDate()).padStart(2)} ${date.toISOString().slice(11, 19)} ${date.getUTCFullYear()} GMT`,
  read: (text) => {
    const [, month = '', day = '', time = '', year = ''] =
      /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4}) GMT$/.exec(text) ?? []
    const number = String(MONTHS.indexOf(month) + 1).padStart(2, '0')
    return ISO.read(`${year}-${number}-${day.padStart(2, '0')}T${time}Z`)
  },
}

/** As in the certificate: 261101000000Z. */
export const AS_ENCODED: TimeForm = {
  write: (date) => timeText(date, date.getUTCFullYear() < 2050 ? 'UTCTime' : 'GeneralizedTime'),
  read: (text) => readUtcTime(utf8(text)) ?? readGeneralizedTime(utf8(text)),
}

/** 2027-12-06T00:00:00Z (RFC 3339 §5.6). */
export const ISO: TimeForm = {
  write: iso,
  read: (text) => {
    const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? new Date(text) : null
    // The engine takes February 30 for March 2.
    return date && !Number.isNaN(date.getTime()) && iso(date) === text ? date : null
  },
}

export const time = (kind: 'notBefore' | 'notAfter', form: TimeForm): Value => ({
  write: ({ client }) => form.write(client.certificate[kind]),
  read: (value) => ofFacts(timeFact(kind, trimmed(value), form)),
})

export function timeFact(kind: 'notBefore' | 'notAfter', { text, offset }: Slice, form: TimeForm): ReadFact {
  const date = form.read(text)
  if (!date) throw refusal('header-value', { offset, expected: 'time' })
  return fact(kind, iso(date))
}

/** A word of a few: what is written of a certificate that was accepted, and what else there is. */
export const word = (kind: 'verify' | 'present', accepted: string, others: RegExp): Value => ({
  write: () => accepted,
  read: (value) => {
    const { text, offset } = trimmed(value)
    if (text !== accepted && !others.test(text))
      throw refusal('header-value', { offset, expected: kind === 'verify' ? 'verdict' : 'flag' })
    return ofFacts(fact(kind, text))
  },
})

/** SUCCESS, NONE, FAILED:reason, as nginx, Apache, Cloudflare and Azure say it. */
export const verdictWord = word('verify', 'SUCCESS', /^(NONE|GENEROUS|FAILED(:.*)?)$/)

type SanKind = 'dns' | 'uri' | 'email' | 'ip'
const SAN: { readonly [K in SanKind]: (name: GeneralName) => string | null } = {
  dns: (name) => (name.kind === 'dNSName' ? name.value : null),
  uri: (name) => (name.kind === 'uniformResourceIdentifier' ? name.value : null),
  email: (name) => (name.kind === 'rfc822Name' ? name.value : null),
  ip: (name) => (name.kind === 'iPAddress' ? ipAddressToText(name.octets) : null),
}

/** The certificate's alternative names of one kind, as text. */
export const alternativeNames = ({ subjectAltName }: Certificate, kind: SanKind): string[] =>
  (subjectAltName ?? []).flatMap((name) => SAN[kind](name) ?? [])

/** The first alternative name of a kind. */
export const firstName = (kind: SanKind): Value => ({
  write: ({ client }) => alternativeNames(client.certificate, kind)[0] ?? null,
  read: (value) => ofFacts(fact(kind, trimmed(value).text)),
})
