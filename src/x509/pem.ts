/** Textual encoding (RFC 7468): what we write, strict; the reader of found text is containers/pile. */

/** Labels of RFC 7468 §4 that are written here. */
export type PemLabel =
  | 'CERTIFICATE'
  | 'CERTIFICATE REQUEST'
  | 'X509 CRL'
  | 'PKCS7'
  | 'PRIVATE KEY'
  | 'ENCRYPTED PRIVATE KEY'
  | 'PUBLIC KEY'

/** Octets are turned into text in runs: one call with all of a long list's octets would overflow the stack. */
const RUN = 0x6000

/** Base64 (RFC 4648 §4), without line breaks. */
export function toBase64(bytes: Uint8Array): string {
  // Newer engines have it built in, several times as fast.
  const { toBase64: builtIn } = bytes as { toBase64?: () => string }
  if (builtIn) return builtIn.call(bytes)
  let binary = ''
  for (let at = 0; at < bytes.length; at += RUN)
    binary += String.fromCharCode(...bytes.subarray(at, at + RUN))
  return btoa(binary)
}

/** Base64 with any white space → octets, or null where it is none (RFC 4648 §3.3: no other characters). */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const binary = atob(text)
    const bytes = new Uint8Array(binary.length)
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
    return bytes
  } catch {
    return null
  }
}

/** One PEM block: 64 characters a line, a line feed at the end (RFC 7468 §3). */
export function encodePem(label: PemLabel, der: Uint8Array): string {
  const lines = toBase64(der).match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
