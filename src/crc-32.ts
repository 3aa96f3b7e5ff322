const TABLE = Uint32Array.from({ length: 256 }, (_, octet) => {
  let remainder = octet
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0)
  return remainder
})

/** The CRC-32 of ZIP and gzip: it finds what was changed by accident, and nothing that was changed on purpose. */
export function crc32(octets: Uint8Array): number {
  let remainder = 0xffffffff
  for (const octet of octets) remainder = (remainder >>> 8) ^ TABLE[(remainder ^ octet) & 0xff]!
  return ~remainder >>> 0
}
