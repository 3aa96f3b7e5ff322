import type { NameConstraints, GeneralSubtree } from '../x509/extensions/name-constraints.ts'
import type { GeneralName } from '../x509/general-name.ts'
import { isDnsName, isIpv4Text, isMailbox, isPreferredName, uriFault } from './name-syntax.ts'
import type { UriFault } from './name-syntax.ts'

/** Questions about general names, alone and in constraints (RFC 5280 §4.2.1.6, §4.2.1.10). */

type TextName = Extract<GeneralName, { kind: 'rfc822Name' | 'dNSName' | 'uniformResourceIdentifier' }>

export const isTextName = (name: GeneralName): name is TextName =>
  name.kind === 'rfc822Name' || name.kind === 'dNSName' || name.kind === 'uniformResourceIdentifier'

export const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text) // eslint-disable-line no-control-regex

export const dnsNames = (names: readonly GeneralName[] | null): string[] => textsOf(names, 'dNSName')

export const uris = (names: readonly GeneralName[] | null): string[] =>
  textsOf(names, 'uniformResourceIdentifier')

function textsOf(names: readonly GeneralName[] | null, kind: TextName['kind']): string[] {
  const texts: string[] = []
  for (const name of names ?? []) if (isTextName(name) && name.kind === kind) texts.push(name.value)
  return texts
}

/** Returns the URIs that have this fault; an empty URI is reported as an empty name instead. */
export const faultyUris = (names: readonly GeneralName[] | null, fault: UriFault): string[] =>
  uris(names).filter((uri) => uri !== '' && uriFault(uri) === fault)

export function isEmptyName(name: GeneralName): boolean {
  if (isTextName(name)) return name.value === ''
  if (name.kind === 'directoryName') return name.name.rdns.length === 0
  return name.kind === 'iPAddress' && name.octets.length === 0
}

/** Whether a name breaks the rules of its form in any way. */
export function isMalformedName(name: GeneralName): boolean {
  if (isEmptyName(name)) return true
  if (name.kind === 'dNSName') return !isDnsName(name.value)
  if (name.kind === 'rfc822Name') return !isMailbox(name.value)
  if (name.kind === 'uniformResourceIdentifier') return uriFault(name.value) !== null
  return name.kind === 'iPAddress' && name.octets.length !== 4 && name.octets.length !== 16
}

/** Whether the names contain this host, or the address it is written as. */
export function namesHost(names: readonly GeneralName[] | null, host: string): boolean {
  const lower = host.toLowerCase()
  const octets = isIpv4Text(host) ? host.split('.').map(Number).join('.') : null
  return (names ?? []).some((name) =>
    name.kind === 'iPAddress'
      ? octets !== null && name.octets.join('.') === octets
      : isTextName(name) && name.value.toLowerCase() === lower,
  )
}

export const subtrees = (constraints: NameConstraints | null): GeneralSubtree[] => [
  ...(constraints?.permitted ?? []),
  ...(constraints?.excluded ?? []),
]

/**
 * Whether the octets are an address and a mask of ones followed by zeros: 8 octets for IPv4, 32 for IPv6 (§4.2.1.10).
 */
export function isCidr(octets: Uint8Array): boolean {
  if (octets.length !== 8 && octets.length !== 32) return false
  let zeroSeen = false
  for (const octet of octets.subarray(octets.length / 2))
    for (let bit = 0x80; bit > 0; bit >>= 1) {
      if ((octet & bit) === 0) zeroSeen = true
      else if (zeroSeen) return false
    }
  return true
}

/** Whether a text constraint is malformed for its form; the leading dot of a dNSName has a rule of its own. */
export function isMalformedConstraint(base: GeneralName): base is TextName {
  if (!isTextName(base)) return false
  const { kind, value } = base
  // An empty dNSName, mailbox or URI constraint matches every name of its form.
  if (value === '') return false
  const host = value.startsWith('.') ? value.slice(1) : value
  if (kind === 'rfc822Name' && value.includes('@')) return !isMailbox(value)
  // A URI constraint is a fully qualified name, so a single label is malformed. `invalid` (RFC 2606 §2) is meant to
  // match nothing.
  if (kind === 'uniformResourceIdentifier' && !value.includes('.')) return value !== 'invalid'
  return !isPreferredName(host)
}

/** Forms of names that the constraints leave free, in the terms of BR 7.1.2.5.2. */
export function unconstrainedForms(constraints: NameConstraints | null): string[] {
  const bases = subtrees(constraints).map(({ base }) => base)
  const holds = (kind: GeneralName['kind'], octets?: number): boolean =>
    bases.some((base) => base.kind === kind && (base.kind !== 'iPAddress' || base.octets.length === octets))
  return [
    ...(holds('dNSName') ? [] : ['DNS names']),
    ...(holds('iPAddress', 8) ? [] : ['IPv4 addresses']),
    ...(holds('iPAddress', 32) ? [] : ['IPv6 addresses']),
    ...(holds('directoryName') ? [] : ['directory names']),
  ]
}

/**
 * Whether a location is not an absolute URI. An LDAP URI has a dn and names an attribute; its host may be omitted, for
 * a client that knows one (§4.2.1.13, §4.2.2.1).
 */
export function isFaultyLocation(uri: string): boolean {
  const fault = uriFault(uri)
  if (!/^ldaps?:/i.test(uri)) return fault !== null
  return (fault !== null && fault !== 'host') || !/^ldaps?:\/\/[^/]*\/[^?]+\?[^?]+/i.test(uri)
}
