export interface Subnet {
  readonly address: Uint8Array
  readonly mask: Uint8Array
}

/**
 * Address and mask (RFC 5280 §4.2.1.10) of 8 or 32 octets; null for other lengths, or if the mask is not a prefix (RFC
 * 4632 §3.1).
 */
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
