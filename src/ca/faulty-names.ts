/** Names of a request whose octets an IA5String cannot hold (RFC 5280 §4.2.1.6), and what can be issued in their place. */
import { isCodedError } from '../errors.ts'
import { isAscii } from '../lint/general-names.ts'
import { domainToAscii, domainToUnicode } from '../x509/domain-name.ts'
import type { GeneralName } from '../x509/general-name.ts'
import { generalNameFromText, readableIa5 } from '../x509/general-name-text.ts'
import type { NameInput } from './input.ts'

export interface FaultyName {
  /** Place in the request's subjectAltName. */
  readonly place: number
  readonly kind: string
  /** As whoever asked meant it, where its octets are UTF-8. */
  readonly text: string
  /** What a person is asked to confirm, never taken by itself; null where it is not plain what was meant. */
  readonly instead: InsteadOf | null
}

/** The A-labels of the name (RFC 5890 §2.3.2.1), or the mailbox as an SmtpUTF8Mailbox (RFC 9598). */
export interface InsteadOf extends NameInput {
  readonly form: 'a-label' | 'smtpUTF8Mailbox'
}

type TextName = Extract<GeneralName, { readonly value: string }>

/** Whether it holds octets that its type does not allow: what is no ASCII is nobody's name. */
export const isFaulty = (name: GeneralName): name is TextName =>
  'value' in name && typeof name.value === 'string' && !isAscii(name.value)

/** Those of a request that cannot be taken as they are written. */
export function faultyNames(names: readonly GeneralName[] | null): FaultyName[] {
  return (names ?? []).flatMap((name, place) => {
    if (!isFaulty(name)) return []
    const { kind, value } = name
    const text = readableIa5(value)
    // Octets that are no UTF-8 are shown as they are, and may mean anything.
    const instead = text === value ? null : insteadOf(kind, text)
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
 * The A-labels of a domain name that is what it seems to be: letters apart that fold to small ones, it comes back from
 * them as it was. What the mapping of UTS #46 turns into other characters is another name.
 */
function plainDomain(text: string): string | null {
  const ascii = domainToAscii(text)
  return ascii !== null && domainToUnicode(ascii) === text.toLowerCase().normalize('NFC') ? ascii : null
}
