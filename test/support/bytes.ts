/** Returns the octets of hex text; spaces are only for readability. */
export const hex = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text.replace(/\s/g, '').match(/../g) ?? [], (pair) => parseInt(pair, 16))
export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (octet) => octet.toString(16).padStart(2, '0')).join('')
