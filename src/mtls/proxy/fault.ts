import type { ErrorCode } from '../../errors.ts'

/**
 * Why a header, a token or an address that somebody pasted is not read: code → detail. `offset` counts characters from the
 * start of what was pasted. The codes never change.
 */
export interface ProxyFaults {
  'header-empty': null
  'header-too-long': { length: number; limit: number }
  'header-too-many': { what: Counted; limit: number }
  /** Neither a name and its value nor the rest of a value. */
  'header-line': { offset: number }
  /** No line has a form that is known; `names`: of those that have one. */
  'header-unknown': { names: readonly string[] }
  /** More than once, where one is allowed: which copy counts depends on the reader. */
  'header-repeated': { offset: number; name: string }
  /** Two headers of one request name different certificates. */
  'header-conflict': { offset: number; name: string }
  /** The proxy's way to say that there was no certificate. */
  'header-absent': { offset: number; text: string }
  'header-cut': { offset: number; missing: Missing }
  'header-character': { offset: number; character: string }
  'header-percent': { offset: number }
  'header-key': { offset: number; key: string }
  'header-value': { offset: number; expected: Expected }
  /** What is encoded there is no certificate: `reason`, at the octet `at` of it. */
  'header-certificate': { offset: number; reason: ErrorCode; at: number | null }

  'token-opaque': null
  'token-encrypted': null
  'token-unreadable': { part: 'header' | 'payload' | 'answer' }
  'confirmation-unreadable': { member: string }
  'metadata-unreadable': null
  'metadata-none': null
  /** Exactly one is allowed (RFC 8705 §2.1.2). */
  'metadata-several': { members: readonly string[] }
  'metadata-value': { member: string; offset: number | null }
  'key-set-unreadable': null
  'key-set-certificate': { key: number }

  'address-list-empty': null
  'address-unreadable': { offset: number; text: string }
  'cidr-unreadable': { text: string }
  'cidr-prefix': { text: string; bits: number; limit: number }
  /** The list is shorter than the proxies that are trusted: the request came around one of them. */
  'hops-missing': { trusted: number; found: number }
  'proxy-protocol-cut': { offset: number; need: number; have: number }
  'proxy-protocol-unreadable': { offset: number; part: ProxyProtocolPart }
}

export type Counted = 'lines' | 'certificates' | 'elements' | 'addresses' | 'keys'
export type Missing = 'quote' | 'base64' | 'percent' | 'armour' | 'colon' | 'equals'
export type Expected = 'serial' | 'sha1' | 'sha256' | 'time' | 'name' | 'verdict' | 'flag'
export type ProxyProtocolPart = 'signature' | 'command' | 'family' | 'address' | 'port' | 'line' | 'extension'

export type ProxyFaultCode = keyof ProxyFaults
/** One code with its detail, as it crosses a border. */
export type ProxyFault = {
  [C in ProxyFaultCode]: { readonly code: C; readonly detail: ProxyFaults[C] }
}[ProxyFaultCode]

/** What was read, or why not. */
export type Outcome<T> = { readonly value: T } | { readonly fault: ProxyFault }

class Refusal extends Error {
  readonly fault: ProxyFault
  constructor(fault: ProxyFault) {
    super(fault.code)
    this.fault = fault
  }
}

/** An error that `outcome` turns into data; thrown only below it. */
export const refusal = <C extends ProxyFaultCode>(code: C, detail: ProxyFaults[C]): Error =>
  // A code and its own detail; TypeScript does not follow that through the union.
  new Refusal({ code, detail } as ProxyFault)

/** Runs a reader; anything it throws that is no refusal is a bug, and is thrown on. */
export function outcome<T>(read: () => T): Outcome<T> {
  try {
    return { value: read() }
  } catch (error) {
    if (error instanceof Refusal) return { fault: error.fault }
    throw error
  }
}

/** The most that is read of anything pasted here. */
export const PROXY_LIMITS = {
  characters: 262_144,
  lines: 200,
  certificates: 32,
  elements: 64,
  addresses: 256,
  keys: 100,
} as const

/** Refuses the next of something when there are as many as are read. */
export function notTooMany(what: Counted, count: number): void {
  if (count > PROXY_LIMITS[what]) throw refusal('header-too-many', { what, limit: PROXY_LIMITS[what] })
}
