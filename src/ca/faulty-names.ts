/**
 * Names of a request whose octets an IA5String cannot hold (RFC 5280 §4.2.1.6), and the names that can be issued
 * instead.
 */
import { parseWhole } from '../der/reader.ts'
import { isCodedError } from '../errors.ts'
import { isAscii } from '../lint/general-names.ts'
import { domainToAscii, domainToUnicode } from '../x509/domain-name.ts'
import type { GeneralName } from '../x509/general-name.ts'
import { generalNameFromText, generalNameLine, readableIa5 } from '../x509/general-name-text.ts'
import { isWellFormed, readString, stringTypeName } from '../x509/string-types.ts'
import type { NameInput } from './input.ts'

export interface FaultyName {
  /** Position in the request's subjectAltName. */
  readonly place: number
  readonly kind: string
  /** The text the requester meant, if its octets are UTF-8. */
  readonly text: string
  /** The replacement a person is asked to confirm, never used automatically; null if the intended name is unclear. */
  readonly instead: InsteadOf | null
}

/** The A-labels of the name (RFC 5890 §2.3.2.1), or the mailbox as an SmtpUTF8Mailbox (RFC 9598). */
export interface InsteadOf extends NameInput {
  readonly form: 'a-label' | 'smtpUTF8Mailbox'
}

type TextName = Extract<GeneralName, { readonly value: string }>

/** Whether it holds octets that its type does not allow, in an IA5String or in another string: it names nobody. */
export const isFaulty = (name: GeneralName): boolean => isNotAscii(name) || isBrokenString(name)

const isNotAscii = (name: GeneralName): name is TextName =>
  'value' in name && typeof name.value === 'string' && !isAscii(name.value)

/** Another name whose value is a string (X.680 §41), such as a user principal name, and not of its type. */
function isBrokenString(name: GeneralName): boolean {
  if (name.kind !== 'otherName') return false
  const { tag, content } = parseWhole(name.value, (reader) => ({
    tag: reader.peekTag(),
    content: reader.content(),
  }))
  return stringTypeName(tag) !== null && !isWellFormed(tag, content, readString(tag, content))
}

/** Returns the names of a request that cannot be taken as written. */
export function faultyNames(names: readonly GeneralName[] | null): FaultyName[] {
  return (names ?? []).flatMap((name, place) => {
    const { kind } = name
    if (isBrokenString(name)) return [{ place, kind, text: generalNameLine(name), instead: null }]
    if (!isNotAscii(name)) return []
    const text = readableIa5(name.value)
    // Octets that are not UTF-8 are shown as they are; their meaning is unknown.
    const instead = text === name.value ? null : insteadOf(kind, text)
    return [{ place, kind, text, instead }]
  })
}

function insteadOf(kind: string, text: string): InsteadOf | null {
  if (kind === 'dNSName') {
    const value = plainDomain(text)
    return value === null ? null : { kind, value, form: 'a-label' }
  }
  return kind === 'rfc822Name' ? mailboxInsteadOf(text) : null
}

function mailboxInsteadOf(text: string): InsteadOf | null {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  const host = at < 1 || local !== local.normalize('NFC') ? null : plainDomain(text.slice(at + 1))
  if (host === null) return null
  const value = `${local}@${host}`
  try {
    const { kind } = generalNameFromText('rfc822Name', value)
    return { kind: 'rfc822Name', value, form: kind === 'otherName' ? 'smtpUTF8Mailbox' : 'a-label' }
  } catch (error) {
    if (isCodedError(error)) return null
    throw error
  }
}

/**
 * Returns the A-labels of a domain name that survives the round trip unchanged, except for case. If the mapping of UTS
 * #46 replaces characters, the result is a different name, and null is returned.
 */
function plainDomain(text: string): string | null {
  const ascii = domainToAscii(text)
  return ascii !== null && domainToUnicode(ascii) === text.toLowerCase().normalize('NFC') ? ascii : null
}
