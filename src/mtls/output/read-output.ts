/** What a client printed of its connection to a server: `openssl s_client -showcerts`, and what others leave out. */
import { fromBase64 } from '../../octets.ts'
import { TLS12, TLS13, type TlsVersion } from '../wire/code-points.ts'

/** A server as a client saw it. */
export interface SeenServer {
  /** DER in the order in which it sent them; not all of them parse. */
  readonly certificates: readonly Uint8Array[]
  /** How many certificates the output names, shown or not. */
  readonly named: number
  /** Whether it asked for a certificate; null if the text ends before that. */
  readonly asks: boolean | null
  /** The CAs that it accepts, as they were printed; empty if it lists none. */
  readonly accepts: readonly string[]
  /** Null if it was not printed, or is none that is played here. */
  readonly version: TlsVersion | null
  /** The client's own judgement; code 0 is good. */
  readonly verified: { readonly code: number; readonly text: string } | null
  /** The name that was asked for, where the command is in the text. */
  readonly host: string | null
}

/** Why a text is not read: code → detail. `line` counts from 1. The codes never change. */
export interface OutputFaults {
  'output-empty': null
  'output-too-long': { length: number; limit: number }
  'output-too-many': { what: 'certificates' | 'names'; limit: number }
  /** Such as curl: it prints names, and no certificate. */
  'output-names-alone': { program: 'curl' | null }
  'output-no-certificate': null
  'output-cut': { line: number }
  'output-base64': { line: number }
  'output-unknown': null
}
export type OutputFault = {
  [C in keyof OutputFaults]: { readonly code: C; readonly detail: OutputFaults[C] }
}[keyof OutputFaults]

export const OUTPUT_LIMITS = { characters: 2_000_000, certificates: 64, names: 1_000 } as const

class Refusal extends Error {
  readonly fault: OutputFault
  constructor(fault: OutputFault) {
    super(fault.code)
    this.fault = fault
  }
}

/** Reads what was pasted. */
export function readOutput(text: string): { readonly seen: SeenServer } | { readonly fault: OutputFault } {
  try {
    return { seen: seenIn(text) }
  } catch (error) {
    if (error instanceof Refusal) return { fault: error.fault }
    throw error
  }
}

function seenIn(text: string): SeenServer {
  if (text.trim() === '') throw new Refusal({ code: 'output-empty', detail: null })
  const limit = OUTPUT_LIMITS.characters
  if (text.length > limit)
    throw new Refusal({ code: 'output-too-long', detail: { length: text.length, limit } })
  const lines = text.split('\n').map((line) => line.trim())
  const certificates = certificatesIn(lines)
  const named = lines.filter((line) => NAMED.test(line)).length
  if (certificates.length === 0) throw withoutCertificates(lines, named)
  return {
    certificates,
    named: Math.max(named, certificates.length),
    ...requestIn(lines),
    version: versionIn(lines),
    verified: verifiedIn(lines),
    host: hostIn(lines),
  }
}

/** ` 1 s:CN = Example CA` in the list of the chain. */
const NAMED = /^\d{1,3} s:/
const CURL = /^\* +(?:SSL connection using |Server certificate:)/
const BEGIN = '-----BEGIN CERTIFICATE-----'
const END = '-----END CERTIFICATE-----'

/** The list of the chain if it shows certificates; without `-showcerts` the server's own alone is printed, after it. */
function certificatesIn(lines: readonly string[]): readonly Uint8Array[] {
  const from = lines.indexOf('Certificate chain') + 1
  const end = lines.indexOf('---', from)
  const inList = blocksIn(lines, from, end < 0 || from === 0 ? lines.length : end)
  return inList.length > 0 ? inList : blocksIn(lines, 0, lines.length)
}

function blocksIn(lines: readonly string[], from: number, to: number): readonly Uint8Array[] {
  const limit = OUTPUT_LIMITS.certificates
  const blocks: Uint8Array[] = []
  let begun = -1
  for (let at = from; at < to; at++) {
    const line = lines[at]!
    if (line === BEGIN && begun >= 0) throw new Refusal({ code: 'output-cut', detail: { line: begun + 1 } })
    if (line === BEGIN) begun = at
    if (line !== END || begun < 0) continue
    const octets = fromBase64(lines.slice(begun + 1, at).join(''))
    if (!octets || octets.length === 0)
      throw new Refusal({ code: 'output-base64', detail: { line: begun + 1 } })
    blocks.push(octets)
    begun = -1
    if (blocks.length > limit)
      throw new Refusal({ code: 'output-too-many', detail: { what: 'certificates', limit } })
  }
  if (begun >= 0) throw new Refusal({ code: 'output-cut', detail: { line: begun + 1 } })
  return blocks
}

function withoutCertificates(lines: readonly string[], named: number): Refusal {
  if (lines.some((line) => CURL.test(line)))
    return new Refusal({ code: 'output-names-alone', detail: { program: 'curl' } })
  if (named > 0) return new Refusal({ code: 'output-names-alone', detail: { program: null } })
  const isClient = lines.some(
    (line) => line.startsWith('CONNECTED(') || line.startsWith('no peer certificate'),
  )
  return new Refusal({ code: isClient ? 'output-no-certificate' : 'output-unknown', detail: null })
}

const LIST = 'Acceptable client certificate CA names'
/** What is printed of a request, with CA names or without. */
const REQUEST = /^(?:Client Certificate Types|Requested Signature Algorithms):/
/** What comes after the list. */
const AFTER =
  /^(?:---|$|Client Certificate Types:|(?:Shared )?Requested Signature Algorithms:|Peer |Server Temp Key:|Negotiated )/

function requestIn(lines: readonly string[]): Pick<SeenServer, 'asks' | 'accepts'> {
  const at = lines.indexOf(LIST)
  const isAsked = lines.some((line) => REQUEST.test(line))
  if (at < 0) {
    const isKnown =
      isAsked ||
      lines.some((line) => /^(?:No client certificate CA names sent|SSL handshake has read )/.test(line))
    return { asks: isKnown ? isAsked : null, accepts: [] }
  }
  const after = lines.slice(at + 1)
  const end = after.findIndex((line) => AFTER.test(line))
  const accepts = end < 0 ? after : after.slice(0, end)
  const limit = OUTPUT_LIMITS.names
  if (accepts.length > limit) throw new Refusal({ code: 'output-too-many', detail: { what: 'names', limit } })
  return { asks: true, accepts }
}

/** `New, TLSv1.3, Cipher is …`; of older programs that names the oldest that has the suite, and the session is right. */
function versionIn(lines: readonly string[]): TlsVersion | null {
  const [session] = lines.flatMap((line) => /^Protocol *: *(\S+)$/.exec(line)?.[1] ?? [])
  const [fresh] = lines.flatMap((line) => /^(?:New|Reused), ([^,]+), Cipher is /.exec(line)?.[1] ?? [])
  const name = session ?? fresh
  return name === 'TLSv1.3' ? TLS13 : name === 'TLSv1.2' ? TLS12 : null
}

function verifiedIn(lines: readonly string[]): SeenServer['verified'] {
  for (const line of lines) {
    const [, code, text] = /^Verify return code: (\d{1,5}) \((.{1,200})\)$/.exec(line) ?? []
    if (code !== undefined && text !== undefined) return { code: Number(code), text }
  }
  return null
}

const NAME = /[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?/.source
const ASKED = [new RegExp(` -servername (${NAME})(?: |$)`), new RegExp(` -connect (${NAME}):\\d{1,5}(?: |$)`)]

function hostIn(lines: readonly string[]): string | null {
  const commands = lines.filter((line) => line.length < 4096 && line.includes('s_client'))
  for (const asked of ASKED)
    for (const line of commands) {
      const host = asked.exec(line)?.[1]
      if (host !== undefined) return host
    }
  return null
}
