import { oidOctets } from '../der/oid.ts'
import { TAG, parseWhole } from '../der/reader.ts'
import { utf8String } from '../der/writer.ts'
import { CodedError, isCodedError } from '../errors.ts'
import { domainToAscii, domainToUnicode } from './domain-name.ts'
import type { GeneralName, GeneralNameKind } from './general-name.ts'
import { ipAddressToText, ipRangeToText, parseIpAddress } from './ip-address.ts'
import { encodeName, nameFromDer, nameToText } from './name.ts'
import { parseNameText } from './name-from-text.ts'
import { hexOf, strictUtf8 } from '../octets.ts'
import { OTHER_NAME_OIDS, oidName } from './oids.ts'
import { readString } from './string-types.ts'

/** General names as a person writes and reads them. */

/** Kinds of subjectAltName that can be given as one line of text. */
export type WrittenKind =
  | Extract<
      GeneralNameKind,
      'dNSName' | 'iPAddress' | 'rfc822Name' | 'uniformResourceIdentifier' | 'directoryName' | 'registeredID'
    >
  | 'userPrincipalName'

const READERS: Record<WrittenKind, (text: string) => GeneralName | null> = {
  dNSName: dnsName,
  iPAddress: ipAddress,
  rfc822Name: mailbox,
  uniformResourceIdentifier: uri,
  directoryName: (text) => ({ kind: 'directoryName', name: nameFromDer(encodeName(parseNameText(text))) }),
  registeredID: (text) => (oidOctets(text) ? { kind: 'registeredID', oid: text } : null),
  userPrincipalName: (text) =>
    /^[^@\s]+@[^@\s]+$/.test(text)
      ? { kind: 'otherName', typeId: OTHER_NAME_OIDS.userPrincipalName, value: utf8String(text) }
      : null,
}

/** Returns one general name from its text. Throws CodedError general-name-invalid. */
export function generalNameFromText(kind: WrittenKind, text: string): GeneralName {
  const name = READERS[kind](text.trim())
  if (!name) throw new CodedError('general-name-invalid', { kind, text })
  return name
}

function dnsName(text: string): GeneralName | null {
  const value = domainToAscii(text)
  return value === null ? null : { kind: 'dNSName', value }
}

function ipAddress(text: string): GeneralName | null {
  const octets = parseIpAddress(text)
  return octets && { kind: 'iPAddress', octets }
}

const ASCII_LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const LOCAL_PART = /^[^\s@"(),:;<>[\\\]\p{Cc}\p{Cf}]+$/u

/** A mailbox: rfc822Name if its local part is ASCII, else SmtpUTF8Mailbox; A-labels in both (RFC 9598 §3). */
function mailbox(text: string): GeneralName | null {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at).normalize('NFC')
  const host = at < 1 ? null : domainToAscii(text.slice(at + 1))
  if (host === null || host.startsWith('*.')) return null
  if (ASCII_LOCAL_PART.test(local)) return { kind: 'rfc822Name', value: `${local}@${host}` }
  // An ASCII local part must not be written as SmtpUTF8Mailbox (§3).
  if (!LOCAL_PART.test(local) || /^[\x21-\x7e]*$/.test(local)) return null
  return { kind: 'otherName', typeId: OTHER_NAME_OIDS.smtpUTF8Mailbox, value: utf8String(`${local}@${host}`) }
}

/** An absolute URI (RFC 3986 §4.3); non-ASCII characters are encoded as the platform's URL parser does. */
function uri(text: string): GeneralName | null {
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(text) || !URL.canParse(text)) return null
  const value = /^[\x21-\x7e]+$/.test(text) ? text : new URL(text).href
  return { kind: 'uniformResourceIdentifier', value }
}

/** Returns the text of a general name, without its kind; null if only its octets can be shown. */
export function generalNameToText(name: GeneralName): string | null {
  switch (name.kind) {
    case 'dNSName':
      return domainToUnicode(readableIa5(name.value))
    case 'rfc822Name':
      return mailboxToText(readableIa5(name.value))
    case 'uniformResourceIdentifier':
      return readableIa5(name.value)
    case 'iPAddress':
      return ipAddressToText(name.octets) ?? ipRangeToText(name.octets)
    case 'directoryName':
      return nameToText(name.name)
    case 'registeredID':
      return name.oid
    case 'otherName':
      return otherNameToText(name.value)
    case 'x400Address':
    case 'ediPartyName':
      return null
  }
}

/** The same, with octets in place of a missing text. */
export const generalNameText = (name: GeneralName): string =>
  generalNameToText(name) ?? `#${hexOf(octetsOf(name).subarray(0, MOST_OCTETS))}`

const MOST_OCTETS = 64

function octetsOf(name: GeneralName): Uint8Array {
  if (name.kind === 'iPAddress') return name.octets
  if (name.kind === 'otherName') return name.value
  return 'der' in name ? name.der : new Uint8Array()
}

/** Prefixes as OpenSSL prints them. */
const KIND_PREFIX: Record<Exclude<GeneralNameKind, 'otherName'>, string> = {
  dNSName: 'DNS',
  iPAddress: 'IP',
  rfc822Name: 'email',
  uniformResourceIdentifier: 'URI',
  directoryName: 'dirName',
  registeredID: 'RID',
  x400Address: 'X400',
  ediPartyName: 'EDI',
}

const OTHER_NAME_PREFIX: Readonly<Record<string, string>> = {
  [OTHER_NAME_OIDS.userPrincipalName]: 'UPN',
  [OTHER_NAME_OIDS.smtpUTF8Mailbox]: 'email',
  [OTHER_NAME_OIDS.srvName]: 'SRV',
}

/**
 * Returns a general name on one line, prefixed with its kind: 'DNS:example.com', 'IP:10.0.0.0/8',
 * 'dirName:CN=Ada,O=Example'.
 */
export function generalNameLine(name: GeneralName): string {
  const prefix =
    name.kind === 'otherName'
      ? (OTHER_NAME_PREFIX[name.typeId] ?? `othername:${oidName(name.typeId) ?? name.typeId}`)
      : KIND_PREFIX[name.kind]
  return `${prefix}:${generalNameText(name)}`
}

/** The same as encoded in a certificate: A-labels are not decoded, and a mailbox of RFC 9598 is named by its form. */
export function generalNameAsWritten(name: GeneralName): string {
  if (name.kind === 'dNSName' || name.kind === 'rfc822Name') return `${KIND_PREFIX[name.kind]}:${name.value}`
  const isMailbox = name.kind === 'otherName' && name.typeId === OTHER_NAME_OIDS.smtpUTF8Mailbox
  return isMailbox ? `SmtpUTF8Mailbox:${generalNameText(name)}` : generalNameLine(name)
}

/**
 * An IA5String may hold only ASCII; one that holds more was usually written as UTF-8, and is shown as its author
 * intended. For display only: the result is never compared or issued.
 */
export function readableIa5(value: string): string {
  if (!/[\u0080-\u{10ffff}]/u.test(value)) return value
  return strictUtf8(Uint8Array.from(value, (c) => c.charCodeAt(0))) ?? value
}

function mailboxToText(value: string): string {
  const at = value.lastIndexOf('@')
  return value.slice(0, at + 1) + domainToUnicode(value.slice(at + 1))
}

/** Returns the text of an otherName that holds one string: SmtpUTF8Mailbox, a user principal name, an SRV name. */
export function otherNameToText(value: Uint8Array): string | null {
  try {
    return parseWhole(value, (reader) => {
      const tag = reader.peekTag()
      return tag === TAG.SEQUENCE ? (reader.skip(), null) : readString(tag, reader.content())
    })
  } catch (error) {
    if (isCodedError(error)) return null
    throw error
  }
}
