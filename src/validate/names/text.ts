import type { GeneralName } from '../../x509/general-name.ts'
import type { Name } from '../../x509/name.ts'
export const nameToText = (name: Name): string =>
  name.rdns
    .flat()
    .map(({ oid, text }) => `${oid}=${text}`)
    .join(',')
import { hex } from '../octets.ts'

/** A general name as a finding shows it. */
export function generalNameText(name: GeneralName): string {
  switch (name.kind) {
    case 'directoryName':
      return nameToText(name.name)
    case 'iPAddress':
      return addressText(name.octets)
    case 'registeredID':
      return name.oid
    case 'otherName':
      return `${name.typeId} ${hex(name.value.subarray(0, 64))}`
    case 'x400Address':
    case 'ediPartyName':
      return hex(name.der.subarray(0, 64))
    default:
      return name.value
  }
}

/** An address, or an address and its mask; octets that are neither, in hexadecimal. */
export function addressText(octets: Uint8Array): string {
  switch (octets.length) {
    case 4:
      return octets.join('.')
    case 16:
      return ipv6Text(octets)
    case 8:
    case 32: {
      const half = octets.length / 2
      return `${addressText(octets.subarray(0, half))}/${prefixLength(octets.subarray(half))}`
    }
    default:
      return hex(octets.subarray(0, 64))
  }
}

function prefixLength(mask: Uint8Array): number {
  return mask.reduce((bits, octet) => bits + Math.clz32(~octet << 24), 0)
}

/** RFC 5952 §4: lower case, no leading zeros, the first of the longest runs of zero groups as `::`. */
function ipv6Text(octets: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((octets[2 * i]! << 8) | octets[2 * i + 1]!).toString(16),
  )
  let best = { start: -1, length: 1 }
  for (let start = 0; start < 8; start++) {
    let length = 0
    while (start + length < 8 && groups[start + length] === '0') length++
    if (length > best.length) best = { start, length }
  }
  if (best.start < 0) return groups.join(':')
  return `${groups.slice(0, best.start).join(':')}::${groups.slice(best.start + best.length).join(':')}`
}
