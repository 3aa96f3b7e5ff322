/** Returns any text as an RFC 4514 attribute value: every octet that is not a letter or digit as a hexadecimal pair. */
export const escaped = (text: string): string =>
  [...new TextEncoder().encode(text)]
    .map((octet) => {
      const character = String.fromCharCode(octet)
      return /[A-Za-z0-9]/.test(character) ? character : `\\${octet.toString(16).padStart(2, '0')}`
    })
    .join('')
