/** What the files of several programs have in common. */
import { concat, utf8 } from '../octets.ts'
import { isPlain } from '../plain-text.ts'
import { encodePem } from '../x509/pem.ts'
import type { Certificate } from '../x509/certificate.ts'
import { nameFromDer, type Name } from '../x509/name.ts'
import { isSelfIssued } from '../x509/roles.ts'
import { nameOf } from '../mtls/proxy/names.ts'
import type { Test } from '../mtls/rules/rule.ts'
import type { Side } from '../mtls/wire/transcript.ts'
import { areListsComplete, type Prepared } from './order.ts'
import type { Effect, FileRole, Limit, LimitCode, SettingsFile } from './printed.ts'

/** The files of each side, by what they hold. */
export const FILES = {
  server: {
    chain: 'server.pem',
    key: 'server-key.pem',
    anchors: 'client-cas.pem',
    lists: 'client-crls.pem',
  },
  client: {
    chain: 'client.pem',
    key: 'client-key.pem',
    anchors: 'server-cas.pem',
    lists: 'server-crls.pem',
  },
} as const

/** Suites of TLS 1.2 with forward secrecy and authenticated encryption, as OpenSSL names them. */
export const STRONG_SUITES = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
].join(':')

export const textFile = (name: string, role: FileRole, lines: readonly string[]): SettingsFile => ({
  name,
  role,
  bytes: utf8(`${lines.join('\n')}\n`),
})

const pem = (label: 'CERTIFICATE' | 'X509 CRL', all: readonly Uint8Array[]): Uint8Array =>
  utf8(all.map((der) => encodePem(label, der)).join(''))

/** Whether the other side's certificate is verified: a server may not ask for one. */
export const asksFor = ({ side, server }: Prepared): boolean => side === 'client' || server.asks !== 'no'

/** Whether this side presents a certificate. */
export const presents = ({ own }: Prepared): boolean => own.chain.length > 0

/** Whether lists are checked. */
export const checksLists = (order: Prepared): boolean => asksFor(order) && order.own.lists.length > 0

export const chainFile = (name: string, side: Side, chain: readonly Uint8Array[]): SettingsFile => ({
  name,
  role: `${side}-chain`,
  bytes: pem('CERTIFICATE', chain),
})

/** The chain, the anchors and the lists as PEM, each if there is one; some programs read lists from the anchors' file. */
export function pemFiles(
  order: Prepared,
  lists: 'lists-apart' | 'lists-with-anchors' = 'lists-apart',
): SettingsFile[] {
  const { side, own } = order
  const names = FILES[side]
  const other = side === 'server' ? 'client' : 'server'
  const files: SettingsFile[] = presents(order) ? [chainFile(names.chain, side, own.chain)] : []
  if (!asksFor(order)) return files
  const anchors = pem(
    'CERTIFICATE',
    own.anchors.map(({ der }) => der),
  )
  const revoked = pem('X509 CRL', checksLists(order) ? own.lists.map(({ der }) => der) : [])
  if (lists === 'lists-with-anchors')
    return [...files, { name: names.anchors, role: `${other}-cas`, bytes: concat([anchors, revoked]) }]
  files.push({ name: names.anchors, role: `${other}-cas`, bytes: anchors })
  if (checksLists(order)) files.push({ name: names.lists, role: `${other}-lists`, bytes: revoked })
  return files
}

export const limit = (code: LimitCode, effect: Effect, places: Limit['places'] = []): Limit => ({
  code,
  effect,
  of: null,
  places,
})

/** What a program does with anchors, lists and depths; without a word it does all. */
export interface Ability {
  readonly anchors?: 'roots-alone'
  readonly lists?: 'none' | 'leaf' | 'some'
  readonly depth?: 'none'
  readonly optional?: 'none'
}

/** Returns how a program differs from the scenario in what comes before the rules. */
export function commonLimits(order: Prepared, ability: Ability): Limit[] {
  if (!asksFor(order)) return []
  const { own, side, client, server } = order
  const found: Limit[] = []
  if (ability.anchors === 'roots-alone' && own.anchors.some((each) => !isSelfIssued(each)))
    found.push(limit('anchor-not-root', own.anchors.some(isSelfIssued) ? 'fewer' : 'nobody'))
  if (own.lists.length === 0) {
    if (own.needsStatus) found.push(limit('status-not-required', 'more'))
  } else if (ability.lists === 'none') found.push(limit('lists-ignored', 'more', ['application', 'proxy']))
  else if (ability.lists === 'leaf') found.push(limit('lists-leaf-only', 'more', ['application', 'proxy']))
  else if (ability.lists !== 'some' && !areListsComplete(order))
    found.push(limit('lists-incomplete', 'nobody'))
  if (ability.depth === 'none' && own.maxDepth !== null)
    found.push(limit('depth-ignored', 'more', ['application']))
  if (own.verifies !== 'handshake' || (side === 'client' && !client.checksHost))
    found.push(limit('verifies-anyway', 'fewer'))
  if (side === 'server' && server.asks === 'optional' && ability.optional === 'none')
    found.push(limit('optional-ignored', 'fewer'))
  return found
}

/** The only anchor of a bundle, so that every chain ends at it. */
const isOnlyAnchor = (order: Prepared, sha256: string): boolean =>
  order.own.anchors.length === 1 && knownCa(order, sha256) === order.own.anchors[0]

/** The CA that a rule names; null if it is not among the certificates of the scenario. */
export const knownCa = ({ known }: Prepared, sha256: string): Certificate | null =>
  known.get(digitsOf(sha256)) ?? null

/** Hexadecimal digits in lower case, without what programs write between them. */
export const digitsOf = (text: string): string => text.toLowerCase().replace(/[^0-9a-f]/g, '')

/** A serial number as OpenSSL writes it: whole octets in upper case. */
export function serialDigits(text: string): string {
  const digits = digitsOf(text).replace(/^0+/, '').toUpperCase()
  return digits === '' ? '00' : digits.length % 2 === 1 ? `0${digits}` : digits
}

/** What a rule about a root means to a program that cannot tell which anchor a chain ended at. */
export const rootAsked = (order: Prepared, sha256: string): { always: true } | { cannot: LimitCode } =>
  isOnlyAnchor(order, sha256) ? { always: true } : { cannot: 'roots-alike' }

/** Longer values are not printed: programs cut off long lines, or refuse them. */
const LONGEST = 400

/** Whether a value may be printed at all: visible, on one line, of ordinary length. */
export const isPrintable = (text: string): boolean => text !== '' && text.length <= LONGEST && isPlain(text)

/** The name of a rule about a subject. */
export function nameAsked({ name }: Extract<Test, { kind: 'subject' }>): Name | null {
  const der = nameOf(name)
  return der && nameFromDer(der)
}

/** DNS names, mailboxes and URIs that mean the same everywhere. */
const SAFE = {
  DNS: /^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?$/,
  RFC822: /^[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9.-]{1,190}$/,
  URI: /^[A-Za-z][A-Za-z0-9+.-]{0,30}:[\w.~:/?@&=+-]{1,300}$/,
  IP: /^[0-9A-Fa-f.:]{2,45}$/,
  UPN: /^[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9.-]{1,190}$/,
} as const

export const isSafeName = (form: keyof typeof SAFE, value: string): boolean => SAFE[form].test(value)

/** Whether every range is one that all programs write alike. */
export const areSafeRanges = (ranges: readonly string[]): boolean =>
  ranges.length > 0 && ranges.every((range) => /^[0-9A-Fa-f.:]{2,45}(\/\d{1,3})?$/.test(range))
