import { dnsLabels } from './dns.ts'

const URI = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)/

/**
 * Returns the host of a URI's authority in lower case, or null if name constraints cannot be applied to it: RFC 5280
 * §4.2.1.10 requires a fully qualified domain name and refuses an address.
 */
export function uriHost(uri: string): string | null {
  const authority = URI.exec(uri)?.[2]
  // A backslash cannot occur in an authority (RFC 3986 §3.2); browsers end the host there, others read on to the @
  // after it.
  if (authority === undefined || authority.includes('\\')) return null
  const host = authority
    .slice(authority.lastIndexOf('@') + 1)
    .replace(/:\d*$/, '')
    .toLowerCase()
  const labels = dnsLabels(host)
  // A last label of digits alone makes it an IPv4 address, well-formed or not (RFC 3986 §3.2.2).
  return labels === null || /^\d+$/.test(labels.at(-1)!) ? null : host
}

/** RFC 3986 §6.2.2.1: scheme and host are case-insensitive, the rest is case-sensitive. */
export function normalizeUri(uri: string): string {
  return uri.replace(URI, (prefix) => prefix.toLowerCase())
}
