/** IPv4address of RFC 3986 §3.2.2, IPv6 as RFC 5952 §4 writes it; null for octets that are no address. */
export function addressText(octets: Uint8Array): string | null {
  if (octets.length === 4) return octets.join('.')
  return octets.length === 16 ? ipv6Text(octets) : null
}

/** RFC 5952 §4: lower case, no leading zeros, the first of the longest runs of two or more zero groups as "::". */
function ipv6Text(octets: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) => (octets[2 * i]! << 8) | octets[2 * i + 1]!)
  const { start, length } = longestZeros(groups)
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':')
  if (length < 2) return text(groups)
  return `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`
}

function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  for (let start = 0; start < groups.length; start++) {
    let length = 0
    while (groups[start + length] === 0) length += 1
    if (length > best.length) best = { start, length }
  }
  return best
}
