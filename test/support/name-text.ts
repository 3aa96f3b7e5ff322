/** Any text as an attribute's value in RFC 4514: every octet that is no letter or digit as a hexadecimal pair. */
export const escaped = (text: string): string =>
  [...new TextEncoder().encode(text)]
    .map((octet) => {
      const character = String.fromCharCode(octet)
      return /[A-Za-z0-9]/.test(character) ? character : `\\${octet.toString(16).padStart(2, '0')}`
    })
    .join('')
