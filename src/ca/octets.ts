/** Hexadecimal, with any spaces and colons → octets; null where it is none. */
export function hexOctets(text: string): Uint8Array<ArrayBuffer> | null {
  const digits = text.replace(/[\s:]/g, '')
  if (digits.length % 2 !== 0 || !/^[0-9A-Fa-f]*$/.test(digits)) return null
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16))
}
