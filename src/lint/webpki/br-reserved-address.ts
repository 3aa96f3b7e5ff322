import { ipAddressToText } from '../../x509/ip-address.ts'
import type { Rule } from '../rule.ts'

/**
 * Blocks of IANA's IPv4 and IPv6 Special-Purpose Address Registries that are not globally reachable: octets, then bits.
 */
const RESERVED: readonly (readonly [prefix: readonly number[], bits: number])[] = [
  [[0], 8],
  [[10], 8],
  [[100, 64], 10],
  [[127], 8],
  [[169, 254], 16],
  [[172, 16], 12],
  [[192, 0, 0], 24],
  [[192, 0, 2], 24],
  [[192, 168], 16],
  [[198, 18], 15],
  [[198, 51, 100], 24],
  [[203, 0, 113], 24],
  [[240], 4],
]
const RESERVED_IPV6: typeof RESERVED = [
  [new Array<number>(16).fill(0), 127],
  [[0x01, 0, 0, 0, 0, 0, 0, 0], 64],
  [[0x20, 0x01, 0x0d, 0xb8], 32],
  [[0xfc], 7],
  [[0xfe, 0x80], 10],
]

/** BR §4.2.2: no certificates for reserved addresses. A private CA may well use them, so this is a warning. */
export const brReservedAddress: Rule<'br-reserved-address'> = {
  code: 'br-reserved-address',
  extensions: ['subjectAltName'],
  applies: ({ subjectAltName }, { place }) => place === 'target' && subjectAltName !== null,
  check: ({ subjectAltName }) =>
    (subjectAltName ?? []).flatMap((name) => {
      if (name.kind !== 'iPAddress' || !isReservedAddress(name.octets)) return []
      return [{ address: ipAddressToText(name.octets) ?? '' }]
    }),
}

export function isReservedAddress(octets: Uint8Array): boolean {
  const blocks = octets.length === 4 ? RESERVED : octets.length === 16 ? RESERVED_IPV6 : []
  return blocks.some(([prefix, bits]) => startsWith(octets, prefix, bits))
}

function startsWith(octets: Uint8Array, prefix: readonly number[], bits: number): boolean {
  for (let bit = 0; bit < bits; bit += 8) {
    const mask = bits - bit >= 8 ? 0xff : (0xff << (8 - (bits - bit))) & 0xff
    if ((octets[bit / 8]! & mask) !== ((prefix[bit / 8] ?? 0) & mask)) return false
  }
  return true
}
