import { GO_ALERTS, NSS_ALERTS } from '../programs/alerts.ts'
import { ALERT, codeName } from '../wire/code-points.ts'
import type { TextCode } from './codes.ts'
import { needle, places, type Flattened, type Span } from './scan.ts'

/** A text that has a number of TLS or OpenSSL in it, by name or digits. */
export interface Numbered extends Span {
  readonly code: TextCode
  readonly alert: number | null
}

const squeezed = (name: string): string => name.replace(/[ _]/g, '')

/** By the registry's names without their separators; rustls spells one differently. */
const BY_NAME: ReadonlyMap<string, number> = new Map([
  ...Object.values(ALERT).map((code): [string, number] => [squeezed(codeName('alert', code)!), code]),
  ['unrecognisedname', ALERT.unrecognizedName],
])

/** How programs write an alert that they received; the name may be followed by other words. */
const NAMED = [
  /(?:sslv3|tlsv1(?:\.?[0-3])?|ssl\/tls)[ _]alert[ _]([a-z]+(?:[ _][a-z]+){0,4})/g,
  /(?:received fatal alert: |alertreceived\()([a-z_]+)/g,
  /\btls alert, ([a-z]+(?: [a-z]+){0,4}) \(\d+\)/g,
]
const READ_OR_WRITTEN = /alert \(?(read|write)\)?: ?(?:fatal|warning) ?: ?([a-z]+(?: [a-z]+){0,4})/g
/** By whether it came or was sent: Erlang, old Erlang, and Apple's systems. */
const CAME_OR_SENT: readonly (readonly [pattern: RegExp, came: string])[] = [
  [/\b(received|generated) (?:server|client) alert: ?fatal ?- ?([a-z]+(?: [a-z]+){0,4})/g, 'received'],
  [/\b(read|write) alert, level: \w+, description: ([a-z]+(?: [a-z]+){0,4})/g, 'read'],
  [/\b(tls_alert), ?"([a-z]+(?: [a-z]+){0,4})/g, 'tls_alert'],
]
const SENT_DIGITS = /\bdefined fatal error code is (\d{1,3})\b/g
const DIGITS = [
  /\bssl alert number (\d{1,3})\b/g,
  /\breceived alert \[(\d{1,3})\]/g,
  /\bfatal alert code is (\d{1,3})\b/g,
]
/** The library's number is in the first two digits, the reason in the last three. */
const ERROR_NUMBER = /\berror:(?:0a|14|10)[0-9a-f]{3}([0-9a-f]{3})\b/g
const ERROR_NUMBERS: Readonly<Record<number, TextCode>> = {
  0x07b: 'handshake-signature',
  0x076: 'no-common-algorithm',
  0x086: 'verify-failed',
  0x0c1: 'no-common-algorithm',
  0x0c7: 'no-certificate',
  0x102: 'protocol-version',
  0x10b: 'not-tls',
  0x119: 'bad-record-mac',
  0x126: 'closed',
  0x13e: 'key-usage',
}
/** OpenSSL's reason for an alert that was received is its number and this. */
const ALERT_OFFSET = 1000

/** Of Apple's Secure Transport. */
const APPLE_ALERTS: Readonly<Record<string, number>> = {
  errSSLPeerHandshakeFail: ALERT.handshakeFailure,
  errSSLPeerBadCert: ALERT.badCertificate,
  errSSLPeerUnsupportedCert: ALERT.unsupportedCertificate,
  errSSLPeerCertRevoked: ALERT.certificateRevoked,
  errSSLPeerCertExpired: ALERT.certificateExpired,
  errSSLPeerCertUnknown: ALERT.certificateUnknown,
  errSSLPeerUnknownCA: ALERT.unknownCa,
  errSSLPeerAccessDenied: ALERT.accessDenied,
  errSSLPeerProtocolVersion: ALERT.protocolVersion,
}

const SPELLED = [
  ...Object.entries(APPLE_ALERTS).map(([text, alert]) => ({ alert, parts: needle(text) })),
  ...Object.entries(GO_ALERTS).map(([code, text]) => ({
    alert: Number(code),
    parts: needle(`remote error: tls: ${text}`),
  })),
  ...Object.entries(NSS_ALERTS).map(([code, text]) => ({ alert: Number(code), parts: needle(text) })),
]

/** Returns every alert, and every number of OpenSSL, in a text. */
export function numbersIn(read: Flattened): Numbered[] {
  const { lower } = read
  const alert = (span: Span, code: number): Numbered => ({ ...span, code: 'alert', alert: code })
  const found = SPELLED.flatMap(({ alert: code, parts }) =>
    places(read, parts).map((span) => alert(span, code)),
  )
  for (const pattern of NAMED)
    for (const { 0: all, 1: name, index } of lower.matchAll(pattern)) {
      const known = longestName(name!)
      if (known)
        found.push(alert({ start: index, end: index + all.indexOf(name!) + known.length }, known.code))
    }
  for (const { 0: all, 1: how, 2: name, index } of lower.matchAll(READ_OR_WRITTEN)) {
    const known = longestName(name!)
    const code = how === 'write' ? 'alert-sent' : 'alert'
    if (known) found.push({ start: index, end: index + all.length, code, alert: known.code })
  }
  for (const [pattern, came] of CAME_OR_SENT)
    for (const { 0: all, 1: how, 2: name, index } of lower.matchAll(pattern)) {
      const known = longestName(name!)
      const code = how === came ? 'alert' : 'alert-sent'
      if (known)
        found.push({ start: index, end: index + all.indexOf(name!) + known.length, code, alert: known.code })
    }
  for (const { 0: all, 1: digits, index } of lower.matchAll(SENT_DIGITS))
    if (codeName('alert', Number(digits)) !== null)
      found.push({ start: index, end: index + all.length, code: 'alert-sent', alert: Number(digits) })
  for (const pattern of DIGITS)
    for (const { 0: all, 1: digits, index } of lower.matchAll(pattern))
      if (codeName('alert', Number(digits)) !== null)
        found.push(alert({ start: index, end: index + all.length }, Number(digits)))
  for (const match of lower.matchAll(ERROR_NUMBER)) found.push(...ofErrorNumber(match))
  return found
}

function ofErrorNumber({ 0: all, 1: digits, index }: RegExpExecArray): Numbered[] {
  const reason = parseInt(digits!, 16)
  const span = { start: index, end: index + all.length }
  if (codeName('alert', reason - ALERT_OFFSET) !== null)
    return [{ ...span, code: 'alert', alert: reason - ALERT_OFFSET }]
  const code = ERROR_NUMBERS[reason]
  return code ? [{ ...span, code, alert: null }] : []
}

/** The longest beginning of some words that is an alert's name. */
function longestName(text: string): { readonly code: number; readonly length: number } | null {
  for (let length = text.length; length > 0; length = text.slice(0, length).search(/[ _][a-z]*$/)) {
    const code = BY_NAME.get(squeezed(text.slice(0, length)))
    if (code !== undefined) return { code, length }
  }
  return null
}
