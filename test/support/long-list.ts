const tlv = (tag: number, ...contents: readonly Uint8Array[]): Uint8Array => {
  const content = Buffer.concat(contents)
  const length =
    content.length < 128
      ? [content.length]
      : [0x84, ...[24, 16, 8, 0].map((shift) => (content.length >>> shift) & 255)]
  // A length of four octets is not minimal for short contents: valid BER, but not DER.
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}

/** An unsigned CRL with this many entries, each with a serial number and a date. */
export function listOfLength(entries: number): Uint8Array<ArrayBuffer> {
  const time = tlv(0x17, Buffer.from('261128120000Z'))
  const algorithm = tlv(0x30, Buffer.from('06092a864886f70d01010b0500', 'hex'))
  const name = tlv(
    0x30,
    tlv(0x31, tlv(0x30, Buffer.from('0603550403', 'hex'), tlv(0x0c, Buffer.from('Long')))),
  )
  const revoked = Array.from({ length: entries }, (_, i) =>
    tlv(0x30, tlv(0x02, Buffer.from([1, (i >> 16) & 255, (i >> 8) & 255, i & 255])), time),
  )
  const fields = [tlv(0x02, Buffer.from([1])), algorithm, name, time, time, tlv(0x30, ...revoked)]
  return Uint8Array.from(tlv(0x30, tlv(0x30, ...fields), algorithm, tlv(0x03, Buffer.from([0, 1]))))
}
