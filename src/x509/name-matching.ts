import { sameOctets } from '../octets.ts'
import type { Attribute, Name, RelativeDistinguishedName } from './name.ts'

/**
 * Comparison of names (RFC 5280 §7.1): attribute by attribute, regardless of string type, after the LDAP string
 * preparation (RFC 4518): case folded, NFKC, white space compressed. A prepared text holds no control character, so
 * that controls can separate the parts of a key.
 */

/** Whether two names are the same (§7.1). */
export function namesMatch(a: Name, b: Name): boolean {
  if (a === b || sameOctets(a.der, b.der)) return true
  return allMatch(a.rdns, b.rdns) ?? allMatch(partsOf(a), partsOf(b)) === true
}

/**
 * Compares part by part rather than by keys: most names that differ do so in their first texts. Null if an empty part
 * leaves it open.
 */
function allMatch(a: Name['rdns'], b: Name['rdns']): boolean | null {
  if (a.length !== b.length) return a.every(isFull) && b.every(isFull) ? false : null
  for (let i = 0; i < a.length; i++) {
    const [one, other] = [a[i]!, b[i]!]
    if (one.length === 0 || other.length === 0) return null
    if (!rdnsMatch(one, other)) return a.every(isFull) && b.every(isFull) ? false : null
  }
  return true
}

const isFull = ({ length }: RelativeDistinguishedName): boolean => length > 0

/**
 * Ignores empty sets, which X.501 forbids and which carry no meaning: an empty set in its issuer does not make a list
 * another CA's.
 */
const partsOf = ({ rdns }: Name): Name['rdns'] => rdns.filter(isFull)

function rdnsMatch(a: RelativeDistinguishedName, b: RelativeDistinguishedName): boolean {
  if (a.length !== b.length) return false
  const [one, other] = [a[0]!, b[0]!]
  if (a.length > 1 || one.text === null || other.text === null) return rdnKey(a) === rdnKey(b)
  return one.oid === other.oid && textsMatch(one.text, other.text)
}

function textsMatch(a: string, b: string): boolean {
  return a === b || (!differEarly(a, b) && prepare(a) === prepare(b))
}

/** Whether two texts differ in an ASCII letter or digit with nothing but such before it, which preparation keeps. */
function differEarly(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const [one, other] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (!isAlphanumeric(one) || !isAlphanumeric(other)) return false
    if ((one | 0x20) !== (other | 0x20)) return true
  }
  return false
}

const isAlphanumeric = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a)

/** Cached as long as the name: for the whole, and for each RelativeDistinguishedName in order. */
interface Keys {
  readonly parts: readonly string[]
  readonly whole: string
}
const kept = new WeakMap<Name, Keys>()

function keysOf(name: Name): Keys {
  let keys = kept.get(name)
  if (keys === undefined) {
    const parts = partsOf(name).map(rdnKey)
    kept.set(name, (keys = { parts, whole: parts.length === 1 ? parts[0]! : parts.join('\u0001') }))
  }
  return keys
}

/** A text that is equal for two names exactly when they match: an index key for names. */
export const nameKey = (name: Name): string => keysOf(name).whole

/** Such a text for each RelativeDistinguishedName, in order. */
export const rdnKeys = (name: Name): readonly string[] => keysOf(name).parts

/** Whether `name` is in the subtree of `base` (§4.2.1.10, §7.1): it starts with all of its parts. */
export function isInSubtree(name: Name, base: Name): boolean {
  const parts = rdnKeys(name)
  return rdnKeys(base).every((part, i) => part === parts[i])
}

/** The members of a set may be in any order. */
function rdnKey(rdn: RelativeDistinguishedName): string {
  return rdn.length === 1 ? attributeKey(rdn[0]!) : rdn.map(attributeKey).sort().join('\u0002')
}

function attributeKey({ oid, tag, value, text }: Attribute): string {
  return text === null ? `${oid}\u0003${tag}:${value.join()}` : `${oid}=${prepare(text)}`
}

const PLAIN = /^[\x21-\x7e](?: ?[\x21-\x7e])*$/

/** RFC 4518 §2.2 (characters mapped to a space, and to nothing), §2.3, Appendix B. */
const SPACES = /[\t-\r\u0085\p{Z}]+/gu
const NOTHING = /[\p{Cc}\p{Cf}\u034f\u180b-\u180d\ufe00-\ufe0f\ufffc]/gu

/** Returns a string prepared for comparison (RFC 4518 §2). */
export function prepare(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase()
  const mapped = text.replace(SPACES, ' ').replace(NOTHING, '')
  // Upper case, then lower: folding turns ß into ss and the two small sigmas into one.
  return mapped.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').replace(/ +/g, ' ').trim()
}
