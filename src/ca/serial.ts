/**
 * Returns a serial number of 20 octets: content of the INTEGER, from a source of random octets. Always positive and
 * always 20 octets long, the most RFC 5280 §4.1.2.2 allows; 158 of its bits are random.
 */
export function randomSerialNumber(random: (length: number) => Uint8Array): Uint8Array {
  const serialNumber = Uint8Array.from(random(20))
  // A set top bit would mean a negative number or a 21st octet; the set second bit rules out leading zeros.
  serialNumber[0] = (serialNumber[0]! & 0x3f) | 0x40
  return serialNumber
}
