/**
 * iPAddress octets ↔ text: accepts RFC 4291 §2.2 and dotted quads, writes RFC 5952; with a mask for name constraints.
 */

/** Returns the 4 or 16 octets of an address, or null if the text is not one. */
export function parseIpAddress(text: string): Uint8Array<ArrayBuffer> | null {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text)
}

function parseIpv4(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\d.]+$/.test(text)) return null
  const parts = text.split('.')
  // No leading zeros: some readers interpret them as octal.
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return null
  return Uint8Array.from(parts, Number)
}

function parseIpv6(text: string): Uint8Array<ArrayBuffer> | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const head = parseGroups(halves[0]!, halves.length === 1)
  const tail = parseGroups(halves[1] ?? '', true)
  if (!head || !tail) return null
  const zeros = 16 - head.length - tail.length
  if (halves.length === 1 ? zeros !== 0 : zeros < 2) return null
  return Uint8Array.from([...head, ...new Array<number>(zeros).fill(0), ...tail])
}

/** Returns the octets of groups separated by colons; the last may be a dotted quad if the address ends with it. */
function parseGroups(text: string, isEnd: boolean): number[] | null {
  if (text === '') return []
  const octets: number[] = []
  const groups = text.split(':')
  for (const [i, group] of groups.entries()) {
    const quad = isEnd && i === groups.length - 1 ? parseIpv4(group) : null
    if (quad) octets.push(...quad)
    else if (/^[0-9a-fA-F]{1,4}$/.test(group))
      octets.push(parseInt(group, 16) >> 8, parseInt(group, 16) & 0xff)
    else return null
  }
  return octets
}

/** Returns the address as text, or null if there are not 4 or 16 octets. */
export function ipAddressToText(octets: Uint8Array): string | null {
  if (octets.length === 4) return octets.join('.')
  return octets.length === 16 ? ipv6ToText(octets) : null
}

/**
 * Lower case, no leading zeros, :: for the longest run of two or more zero groups, the first of equals (RFC 5952 §4).
 */
function ipv6ToText(octets: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) => octets[2 * i]! * 256 + octets[2 * i + 1]!)
  let start = -1
  let length = 1
  for (let i = 0; i < 8; i++) {
    let run = 0
    while (i + run < 8 && groups[i + run] === 0) run += 1
    if (run > length) [start, length] = [i, run]
    i += run
  }
  const text = (part: number[]): string => part.map((group) => group.toString(16)).join(':')
  return start < 0 ? text(groups) : `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`
}

/**
 * Returns address and mask, 8 or 32 octets (RFC 5280 §4.2.1.10), from 10.0.0.0/8, 10.0.0.0/255.0.0.0 or one address;
 * else null.
 */
export function parseIpRange(text: string): Uint8Array<ArrayBuffer> | null {
  const slash = text.indexOf('/')
  const address = parseIpAddress(slash < 0 ? text : text.slice(0, slash))
  if (!address) return null
  const mask =
    slash < 0
      ? prefixMask(address.length * 8, address.length)
      : parseMask(text.slice(slash + 1), address.length)
  if (!mask) return null
  // Bits of the address beyond the mask are meaningless, and some readers refuse them.
  return Uint8Array.from([...address.map((octet, i) => octet & mask[i]!), ...mask])
}

function parseMask(text: string, length: number): Uint8Array<ArrayBuffer> | null {
  if (/^(0|[1-9]\d{0,2})$/.test(text))
    return Number(text) <= length * 8 ? prefixMask(Number(text), length) : null
  const mask = parseIpAddress(text)
  return mask?.length === length ? mask : null
}

function prefixMask(bits: number, length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, i) => (0xff00 >> Math.min(8, Math.max(0, bits - 8 * i))) & 0xff)
}

/** Returns address and mask as text, as a prefix length if the mask has one; null if there are not 8 or 32 octets. */
export function ipRangeToText(octets: Uint8Array): string | null {
  if (octets.length !== 8 && octets.length !== 32) return null
  const half = octets.length / 2
  const address = ipAddressToText(octets.subarray(0, half))!
  const mask = octets.subarray(half)
  let bits = 0
  while (bits < half * 8 && (mask[bits >> 3]! & (0x80 >> (bits & 7))) !== 0) bits += 1
  const isPrefix = prefixMask(bits, half).every((octet, i) => octet === mask[i])
  return `${address}/${isPrefix ? String(bits) : ipAddressToText(mask)!}`
}
