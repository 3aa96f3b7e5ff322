declare module 'punycode/punycode.es6.js' {
  /** Labels of a domain name (or of an e-mail address's host) as A-labels; throws RangeError on what cannot be encoded. */
  export function toASCII(domain: string): string
  export function toUnicode(domain: string): string
}
