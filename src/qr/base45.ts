/** The 45 characters that a QR code holds in 5½ bits each. */
const CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const VALUES = new Map(Array.from(CHARACTERS).map((character, value) => [character, value]))

/** Octets as Base45 (RFC 9285): two in three characters, a last one in two. */
export function toBase45(octets: Uint8Array): string {
  let text = ''
  for (let at = 0; at < octets.length; at += 2) {
    const isPair = at + 1 < octets.length
    let rest = isPair ? octets[at]! * 256 + octets[at + 1]! : octets[at]!
    for (let i = isPair ? 3 : 2; i > 0; i--) {
      text += CHARACTERS[rest % 45]!
      rest = Math.floor(rest / 45)
    }
  }
  return text
}

/** Returns the octets of Base45; null for another character, a length that no octets have, or a value too large (RFC 9285 §6). */
export function fromBase45(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 3 === 1) return null
  const octets = new Uint8Array(Math.floor((text.length * 2) / 3))
  let to = 0
  for (let at = 0; at < text.length; at += 3) {
    const group = text.slice(at, at + 3)
    let value = 0
    for (let i = group.length - 1; i >= 0; i--) {
      const digit = VALUES.get(group[i]!)
      if (digit === undefined) return null
      value = value * 45 + digit
    }
    if (value > (group.length === 3 ? 0xffff : 0xff)) return null
    if (group.length === 3) octets[to++] = value >> 8
    octets[to++] = value & 0xff
  }
  return octets
}
