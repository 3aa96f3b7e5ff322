export function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

const OCTETS = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'))

/** Lower-case hexadecimal without separators; by the engine itself where it can (ECMAScript 2026). */
export function hexOf(octets: Uint8Array & { toHex?: () => string }): string {
  if (octets.toHex) return octets.toHex()
  let text = ''
  for (const octet of octets) text += OCTETS[octet]!
  return text
}

/** Hexadecimal, with any spaces and colons → octets; null where it is none. */
export function hexOctets(text: string): Uint8Array<ArrayBuffer> | null {
  const digits = text.replace(/[\s:]/g, '')
  if (digits.length % 2 !== 0 || !/^[0-9A-Fa-f]*$/.test(digits)) return null
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16))
}
