/** Whether a question can be asked at all: what it compares with is what it is said to be. */
import { oidOctets } from '../../der/oid.ts'
import { isCodedError, offsetOf } from '../../errors.ts'
import { domainToAscii } from '../../x509/domain-name.ts'
import { generalNameFromText, type WrittenKind } from '../../x509/general-name-text.ts'
import { parseNameText } from '../../x509/name-from-text.ts'
import { encodeName } from '../../x509/name.ts'
import { readRange } from '../proxy/addresses.ts'
import type { Test } from './rule.ts'

const SHA256 = /^[0-9a-f]{2}(?::?[0-9a-f]{2}){31}$/i
const SERIAL = /^(?:[0-9a-f]{1,64}|[0-9a-f]{1,2}(?::[0-9a-f]{2}){0,31})$/i

/** SHA-256 in hexadecimal, with colons or without. */
export const isHash = (text: string): boolean => SHA256.test(text)
export const isSerial = (text: string): boolean => SERIAL.test(text)
export const isOid = (text: string): boolean => oidOctets(text) !== null

/** Returns where a text is no distinguished name; null if it is one. An empty name names nobody. */
export function nameFault(text: string): number | null {
  try {
    const rdns = parseNameText(text)
    encodeName(rdns)
    return rdns.length > 0 ? null : 0
  } catch (error) {
    if (!isCodedError(error)) throw error
    return offsetOf(error) ?? 0
  }
}

type San = Extract<Test, { kind: 'san' }>
type User = Extract<Test, { kind: 'user' }>

const KINDS: Readonly<Record<San['form'], WrittenKind>> = {
  DNS: 'dNSName',
  IP: 'iPAddress',
  RFC822: 'rfc822Name',
  URI: 'uniformResourceIdentifier',
  UPN: 'userPrincipalName',
}

/** Only these forms of names have a domain at their end. */
export const hasSuffix = (form: San['form']): boolean => form === 'DNS' || form === 'RFC822'

/** Whether a text can be a name of this form, or the domain that one ends in. */
export function isName(
  form: San['form'] | User['by'],
  value: string,
  match: San['match'] = 'exact',
): boolean {
  if (form === 'CN') return value.trim() !== ''
  if (match === 'suffix') return hasSuffix(form) && domainToAscii(value.replace(/^\./, '')) !== null
  try {
    generalNameFromText(KINDS[form], value)
    return true
  } catch (error) {
    if (!isCodedError(error)) throw error
    return false
  }
}

const TRUST_DOMAIN = /^[a-z0-9._-]{1,255}$/
const SEGMENT = /^[A-Za-z0-9._-]+$/

/** SPIFFE-ID §2: a trust domain, alone or in a URI, with a path or without. */
export function isSpiffe(id: string): boolean {
  const [domain = '', ...path] = (id.startsWith('spiffe://') ? id.slice('spiffe://'.length) : id).split('/')
  const isPath = path.every((part) => SEGMENT.test(part) && part !== '.' && part !== '..')
  return TRUST_DOMAIN.test(domain) && isPath && (path.length === 0 || id.startsWith('spiffe://'))
}

/** The same as a URI; a trust domain has no slash at its end. */
export const spiffeUri = (id: string): string =>
  (id.includes('://') ? id : `spiffe://${id}`).replace(/\/$/, '')

const isRange = (text: string): boolean => 'value' in readRange(text)

function isSoundTest(test: Test): boolean {
  switch (test.kind) {
    case 'root':
    case 'issuer':
      return isHash(test.sha256)
    case 'certificate':
    case 'key':
      return test.sha256.every(isHash)
    case 'subject':
      return nameFault(test.name) === null
    case 'san':
      return isName(test.form, test.value, test.match)
    case 'spiffe':
      return isSpiffe(test.id)
    case 'serial':
      return test.numbers.every(isSerial)
    case 'purpose':
    case 'policy':
      return isOid(test.oid)
    case 'user':
      return isName(test.by, test.name)
    case 'address':
      return test.ranges.every(isRange)
  }
}

const SOUND = new WeakMap<Test, boolean>()

/** Whether a question can be answered; of the same question it is asked many times. */
export function isSound(test: Test): boolean {
  const known = SOUND.get(test)
  if (known !== undefined) return known
  const isFine = isSoundTest(test)
  SOUND.set(test, isFine)
  return isFine
}
