const OCTETS = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'))

export function hex(octets: Uint8Array): string {
  let text = ''
  for (const octet of octets) text += OCTETS[octet]!
  return text
}
