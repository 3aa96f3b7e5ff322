/** Hex shortened in the middle: '3f2a1b…09c4'. */
export function shorten(hex: string, head = 8, tail = 6): string {
  return hex.length <= head + tail + 1 ? hex : `${hex.slice(0, head)}…${hex.slice(-tail)}`
}

/** 'ab:cd:ef' in upper case, as other tools print fingerprints. */
export const colons = (hex: string): string => (hex.match(/../g) ?? []).join(':').toUpperCase()

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (octet) => octet.toString(16).padStart(2, '0')).join('')

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  // In pieces: a spread of a megabyte would overflow the stack.
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192))
  return btoa(text)
}
