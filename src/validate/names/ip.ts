/** Octets of an IPv4 (dotted decimal) or IPv6 (RFC 4291 §2.2) address, or null. */
export function parseIp(text: string): Uint8Array | null {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text)
}

function parseIpv4(text: string): Uint8Array | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return null
  return Uint8Array.from(parts, Number)
}

function parseIpv6(text: string): Uint8Array | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const head = groups(halves[0]!)
  const tail = halves.length === 2 ? groups(halves[1]!) : []
  if (head === null || tail === null) return null
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null
  return Uint8Array.from(
    [...head, ...Array.from({ length: missing }, () => 0), ...tail].flatMap((group) => [
      group >> 8,
      group & 0xff,
    ]),
  )
}

/** 16-bit groups, a dotted IPv4 address at the end being two of them. */
function groups(text: string): number[] | null {
  if (text === '') return []
  const out: number[] = []
  const parts = text.split(':')
  for (const [i, part] of parts.entries()) {
    const ipv4 = i === parts.length - 1 && part.includes('.') ? parseIpv4(part) : null
    if (ipv4 !== null) out.push((ipv4[0]! << 8) | ipv4[1]!, (ipv4[2]! << 8) | ipv4[3]!)
    else if (/^[0-9a-f]{1,4}$/i.test(part)) out.push(Number.parseInt(part, 16))
    else return null
  }
  return out.length > 8 ? null : out
}

export interface Subnet {
  readonly address: Uint8Array
  readonly mask: Uint8Array
}

/** Address and mask (RFC 5280 §4.2.1.10) of 8 or 32 octets; null for others, or where the mask is no prefix (RFC 4632 §3.1). */
export function parseSubnet(octets: Uint8Array): Subnet | null {
  if (octets.length !== 8 && octets.length !== 32) return null
  const half = octets.length / 2
  const mask = octets.subarray(half)
  return isPrefixMask(mask) ? { address: octets.subarray(0, half), mask } : null
}

function isPrefixMask(mask: Uint8Array): boolean {
  let ended = false
  for (const octet of mask) {
    if (ended ? octet !== 0 : (~octet & 0xff & ((~octet & 0xff) + 1)) !== 0) return false
    if (octet !== 0xff) ended = true
  }
  return true
}

export function isWithinSubnet(address: Uint8Array, subnet: Subnet): boolean {
  return (
    address.length === subnet.address.length &&
    address.every((octet, i) => (octet & subnet.mask[i]!) === (subnet.address[i]! & subnet.mask[i]!))
  )
}
