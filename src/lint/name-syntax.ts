/**
 * Whether texts in general names have the syntax that RFC 5280 §4.2.1.6 requires: RFC 1034 §3.5, RFC 5321 §4.1.2, RFC
 * 3986.
 */

const LABELS =
  /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/
const DOT_ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const QUOTED_LOCAL = /^"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\[\x20-\x7e])*"$/
const URI_CHARACTERS = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/
const IPV6_LITERAL = /^\[[0-9A-Fa-f:.]+\]$/

/** Letters, digits and inner hyphens in labels of at most 63, 253 in all (RFC 1034 §3.5 with RFC 1123 §2.1). */
export function isPreferredName(name: string): boolean {
  return name.length > 0 && name.length <= 253 && LABELS.test(name)
}

/** As isPreferredName, or the same below a first label `*`, which RFC 5280 leaves to the protocols. */
export const isDnsName = (name: string): boolean =>
  isPreferredName(name.startsWith('*.') ? name.slice(2) : name)

export const isIpv4Text = (text: string): boolean => IPV4.test(text)
/** Deliberately loose: two colons among hexadecimal digits are never a host name. */
export const isIpv6Text = (text: string): boolean =>
  /^\[?[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f.]*\]?$/.test(text)

/** Local-part@Domain with nothing around it (RFC 5321 §4.1.2). */
export function isMailbox(text: string): boolean {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, Math.max(at, 0))
  const domain = text.slice(at + 1)
  if (local.length > 64 || !(DOT_ATOM.test(local) || QUOTED_LOCAL.test(local))) return false
  return (
    isPreferredName(domain) ||
    IPV6_LITERAL.test(domain) ||
    (/^\[.*\]$/.test(domain) && isIpv4Text(domain.slice(1, -1)))
  )
}

export type UriFault = 'syntax' | 'relative' | 'host'

/** Returns why `text` is not the absolute URI that §4.2.1.6 requires, or null. */
export function uriFault(text: string): UriFault | null {
  if (!URI_CHARACTERS.test(text) || text === '') return 'syntax'
  const scheme = SCHEME.exec(text)?.[0]
  if (scheme === undefined) return 'relative'
  const rest = text.slice(scheme.length)
  if (rest === '') return 'relative'
  if (!rest.startsWith('//')) return null
  const host = uriHost(text)
  return host !== null && (isPreferredName(host) || isIpv4Text(host) || IPV6_LITERAL.test(host))
    ? null
    : 'host'
}

/** Returns the host of a URI with an authority, without user information and port, or null. */
export function uriHost(text: string): string | null {
  const authority = /^[^:]+:\/\/([^/?#]*)/.exec(text)?.[1]
  if (authority === undefined) return null
  return /^(\[[^\]]*\]|[^:]*)(?::\d*)?$/.exec(authority.slice(authority.lastIndexOf('@') + 1))?.[1] ?? null
}
