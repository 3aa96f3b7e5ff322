import { dnsLabels } from './dns.ts'

const URI = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)/

/**
 * The host of a URI's authority in lower case, or null where it has none that name constraints can be applied to: RFC 5280
 * §4.2.1.10 asks for a fully qualified domain name, and refuses an address.
 */
export function uriHost(uri: string): string | null {
  const authority = URI.exec(uri)?.[2]
  // A backslash is no part of an authority (RFC 3986 §3.2); browsers end the host there, others read on to the @ behind it.
  if (authority === undefined || authority.includes('\\')) return null
  const host = authority
    .slice(authority.lastIndexOf('@') + 1)
    .replace(/:\d*$/, '')
    .toLowerCase()
  const labels = dnsLabels(host)
  // A last label of digits alone makes it an IPv4 address, well written or not (RFC 3986 §3.2.2).
  return labels === null || /^\d+$/.test(labels.at(-1)!) ? null : host
}

/** RFC 3986 §6.2.2.1: scheme and host without regard to case, the rest as it stands. */
export function normalizeUri(uri: string): string {
  return uri.replace(URI, (prefix) => prefix.toLowerCase())
}
