/**
 * The client's address behind proxies: what each of them says, and which of it is more than the client's own word.
 */
import { parseIpAddress, ipAddressToText, ipRangeToText, parseIpRange } from '../../x509/ip-address.ts'
import { isWithinSubnet } from '../../validate/names/ip.ts'
import { latin1 } from '../../x509/string-types.ts'
import { sameOctets, utf8 } from '../../octets.ts'
import { PROXY_LIMITS, notTooMany, outcome, refusal, type Outcome } from './fault.ts'
import { endOfQuoted, sliceOf, splitOutsideQuotes, trimmed, type Slice } from './slice.ts'

/** One hop: who asked the proxy that wrote it. */
export interface Hop {
  /** 4 or 16 octets; null if the proxy does not say (RFC 7239 §6.2, §6.3). */
  readonly address: Uint8Array | null
  /** As written: an address in its usual form, `unknown`, or a name that begins with _. */
  readonly text: string
}

/** An IPv4 address within IPv6 (RFC 4291 §2.5.5.2) is that IPv4 address, as servers compare it. */
const MAPPED = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff)
export const plainAddress = (octets: Uint8Array): Uint8Array =>
  octets.length === 16 && sameOctets(octets.subarray(0, 12), MAPPED) ? octets.subarray(12) : octets

const PORT = /^(\d{1,5}|_[A-Za-z0-9._-]+)$/

/** Reads an address with or without a port; refuses anything else. */
function hopOf(slice: Slice): Hop {
  const { text, offset } = trimmed(slice)
  if (/^unknown$/i.test(text) || /^_[A-Za-z0-9._-]+$/.test(text)) return { address: null, text }
  const address = parseIpAddress(withoutPort(text))
  if (!address) throw refusal('address-unreadable', { offset, text: text.slice(0, 64) })
  const plain = plainAddress(address)
  return { address: plain, text: ipAddressToText(plain)! }
}

function withoutPort(text: string): string {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text)
  if (bracketed) return isPort(bracketed[2]) && bracketed[1]!.includes(':') ? bracketed[1]! : ''
  const colon = text.indexOf(':')
  const isAlone = colon < 0 || text.indexOf(':', colon + 1) >= 0
  if (isAlone) return text
  return isPort(text.slice(colon + 1)) ? text.slice(0, colon) : ''
}

const isPort = (text: string | undefined): boolean =>
  text === undefined || (PORT.test(text) && (text.startsWith('_') || Number(text) < 65_536))

/** Refuses what is too long to be read; parts are counted before each is. */
function partsOf(text: string): Slice[] {
  if (text.length > PROXY_LIMITS.characters)
    throw refusal('header-too-long', { length: text.length, limit: PROXY_LIMITS.characters })
  const whole = trimmed({ text, offset: 0 })
  if (whole.text === '') throw refusal('address-list-empty', null)
  const parts = splitOutsideQuotes(whole, ',')
  notTooMany('addresses', parts.length)
  return parts
}

/** Reads the value of X-Forwarded-For: the client's side first, each proxy appends who asked it. */
export const readForwardedFor = (text: string): Outcome<Hop[]> => outcome(() => partsOf(text).map(hopOf))

/** Reads the value of Forwarded (RFC 7239 §4): the `for` of each element; one without is unknown. */
export const readForwarded = (text: string): Outcome<Hop[]> => outcome(() => partsOf(text).map(forwardedHop))

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

function forwardedHop(element: Slice): Hop {
  let hop: Hop | null = null
  for (const part of splitOutsideQuotes(element, ';')) {
    const pair = trimmed(part)
    const equals = pair.text.indexOf('=')
    if (equals < 0) throw refusal('header-cut', { offset: pair.offset + pair.text.length, missing: 'equals' })
    const name = pair.text.slice(0, equals)
    if (!TOKEN.test(name)) throw refusal('header-key', { offset: pair.offset, key: name.slice(0, 32) })
    const value = forwardedValue(sliceOf(pair, equals + 1))
    if (name.toLowerCase() !== 'for') continue
    if (hop) throw refusal('header-repeated', { offset: pair.offset, name })
    hop = hopOf(value)
  }
  return hop ?? { address: null, text: 'unknown' }
}

/** A token, or a text in quotes, where an address with a colon has to be (RFC 7239 §6). */
function forwardedValue(slice: Slice): Slice {
  const { text, offset } = slice
  if (!text.startsWith('"')) {
    const wrong = /[^!#$%&'*+.^_`|~0-9A-Za-z-]/.exec(text)
    if (wrong) throw refusal('header-character', { offset: offset + wrong.index, character: wrong[0] })
    return slice
  }
  const end = endOfQuoted(slice, 0)
  if (end !== text.length - 1)
    throw refusal('header-character', { offset: offset + end + 1, character: text[end + 1]! })
  return { text: text.slice(1, end).replace(/\\(.)/g, '$1'), offset: offset + 1 }
}

export interface ClientAddress {
  /** The nearest address that no trusted proxy is at; null if the proxy that names it does not say. */
  readonly client: Hop
  /** What the client may have written itself: nothing of it is proved, whatever it says. */
  readonly claims: readonly Hop[]
}

/**
 * Returns the client's address: of the hops and, last, the connection's own peer, the one before `trusted` proxies. With
 * none trusted it is the peer. Refuses a list with fewer hops: then the request did not come through all of them.
 */
export function clientAddress(
  hops: readonly Hop[],
  peer: Uint8Array | null,
  trusted: number,
): Outcome<ClientAddress> {
  return outcome(() => {
    const plain = peer && plainAddress(peer)
    const all = [...hops, { address: plain, text: (plain && ipAddressToText(plain)) ?? 'unknown' }]
    const at = all.length - 1 - trusted
    if (at < 0) throw refusal('hops-missing', { trusted, found: hops.length })
    return { client: all[at]!, claims: all.slice(0, at) }
  })
}

/** A range of addresses, as a rule has it. */
export interface AddressRange {
  readonly address: Uint8Array
  readonly mask: Uint8Array
  /** In its usual form, without bits of the address beyond the prefix. */
  readonly text: string
}

/** Reads 192.0.2.0/24, 2001:db8::/32 or one address; a mask that is no prefix is refused. */
export const readRange = (text: string): Outcome<AddressRange> =>
  outcome(() => {
    const [address = '', bits, ...more] = text.trim().split('/')
    const octets = parseIpAddress(address)
    const shown = text.slice(0, 64)
    if (!octets || more.length > 0 || (bits !== undefined && !/^(0|[1-9]\d{0,5})$/.test(bits)))
      throw refusal('cidr-unreadable', { text: shown })
    const limit = octets.length * 8
    if (Number(bits ?? 0) > limit) throw refusal('cidr-prefix', { text: shown, bits: Number(bits), limit })
    const range = parseIpRange(text.trim())!
    return {
      address: range.subarray(0, octets.length),
      mask: range.subarray(octets.length),
      text: ipRangeToText(range)!,
    }
  })

/** Whether an address is in a range; one of IPv4 within IPv6 counts as IPv4. */
export const isInRange = (address: Uint8Array, range: AddressRange): boolean =>
  isWithinSubnet(plainAddress(address), range)

/** What a PROXY protocol header says of the connection. */
export interface ProxyProtocol {
  readonly version: 1 | 2
  /** Null if the sender made the connection itself (LOCAL), or does not know. */
  readonly source: { readonly address: Uint8Array; readonly port: number } | null
  readonly destination: { readonly address: Uint8Array; readonly port: number } | null
  /** Octets of the header: what the client sent begins after them. */
  readonly length: number
}

const SIGNATURE = Uint8Array.of(0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a)
const ONE = utf8('PROXY ')

/** Reads a PROXY protocol header of either version at the start of what a connection begins with. */
export const readProxyProtocol = (octets: Uint8Array): Outcome<ProxyProtocol> =>
  outcome(() => {
    if (begins(octets, SIGNATURE)) return second(octets)
    if (begins(octets, ONE)) return first(octets)
    throw refusal('proxy-protocol-unreadable', { offset: 0, part: 'signature' })
  })

/** Refuses octets that end within a signature that they begin. */
function begins(octets: Uint8Array, signature: Uint8Array): boolean {
  const have = Math.min(octets.length, signature.length)
  if (!sameOctets(octets.subarray(0, have), signature.subarray(0, have))) return false
  if (have < signature.length)
    throw refusal('proxy-protocol-cut', { offset: 0, need: signature.length, have })
  return true
}

/** The longest line of version 1, with its end (§2.1). */
const LONGEST_LINE = 107

function first(octets: Uint8Array): ProxyProtocol {
  const head = octets.subarray(0, LONGEST_LINE)
  const end = head.findIndex((octet, at) => octet === 0x0d && head[at + 1] === 0x0a)
  if (end < 0 && octets.length < LONGEST_LINE)
    throw refusal('proxy-protocol-cut', { offset: octets.length, need: 2, have: 0 })
  if (end < 0) throw refusal('proxy-protocol-unreadable', { offset: LONGEST_LINE, part: 'line' })
  const words = latin1(octets.subarray(0, end)).split(' ')
  const [, family, ...rest] = words
  const length = end + 2
  if (family === 'UNKNOWN') return { version: 1, source: null, destination: null, length }
  const width = family === 'TCP4' ? 4 : family === 'TCP6' ? 16 : 0
  if (width === 0) throw refusal('proxy-protocol-unreadable', { offset: ONE.length, part: 'family' })
  const offsetOf = (index: number): number => words.slice(0, index).join(' ').length + 1
  if (rest.length !== 4) throw refusal('proxy-protocol-unreadable', { offset: offsetOf(2), part: 'line' })
  const [from, to] = [rest[0]!, rest[1]!].map((text, index) => {
    const address = parseIpAddress(text)
    if (address?.length === width) return address
    throw refusal('proxy-protocol-unreadable', { offset: offsetOf(index + 2), part: 'address' })
  })
  const [fromPort, toPort] = [rest[2]!, rest[3]!].map((text, index) => {
    if (/^(0|[1-9]\d{0,4})$/.test(text) && Number(text) < 65_536) return Number(text)
    throw refusal('proxy-protocol-unreadable', { offset: offsetOf(index + 4), part: 'port' })
  })
  return {
    version: 1,
    source: { address: from!, port: fromPort! },
    destination: { address: to!, port: toPort! },
    length,
  }
}

const HEAD = 16
/** Octets of both addresses and ports, by the family's octet (§2.2); others than IP have none that is read. */
const WIDTHS: Readonly<Record<number, number>> = { 0x11: 4, 0x12: 4, 0x21: 16, 0x22: 16 }

function second(octets: Uint8Array): ProxyProtocol {
  if (octets.length < HEAD)
    throw refusal('proxy-protocol-cut', { offset: SIGNATURE.length, need: 4, have: octets.length - 12 })
  const [command = 0, family = 0, high = 0, low = 0] = octets.subarray(SIGNATURE.length, HEAD)
  if (command !== 0x20 && command !== 0x21)
    throw refusal('proxy-protocol-unreadable', { offset: SIGNATURE.length, part: 'command' })
  const announced = high * 256 + low
  const length = HEAD + announced
  if (octets.length < length)
    throw refusal('proxy-protocol-cut', { offset: HEAD, need: announced, have: octets.length - HEAD })
  const isKnown = [0x00, 0x11, 0x12, 0x21, 0x22, 0x31, 0x32].includes(family)
  if (!isKnown) throw refusal('proxy-protocol-unreadable', { offset: SIGNATURE.length + 1, part: 'family' })
  const width = WIDTHS[family] ?? 0
  // A LOCAL connection has no client, whatever follows (§2.2).
  if (command === 0x20 || width === 0) return { version: 2, source: null, destination: null, length }
  const body = octets.subarray(HEAD, length)
  if (body.length < 2 * width + 4)
    throw refusal('proxy-protocol-unreadable', { offset: HEAD, part: 'address' })
  checkExtensions(body, 2 * width + 4)
  const port = (at: number): number => body[at]! * 256 + body[at + 1]!
  return {
    version: 2,
    source: { address: body.slice(0, width), port: port(2 * width) },
    destination: { address: body.slice(width, 2 * width), port: port(2 * width + 2) },
    length,
  }
}

/** Each extension has a type, a length of two octets, and so many octets. */
function checkExtensions(body: Uint8Array, start: number): void {
  for (let at = start; at < body.length;) {
    const end = at + 3 + (body[at + 1] ?? 0) * 256 + (body[at + 2] ?? 0)
    if (end > body.length)
      throw refusal('proxy-protocol-unreadable', { offset: HEAD + at, part: 'extension' })
    at = end
  }
}
