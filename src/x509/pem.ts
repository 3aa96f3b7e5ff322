/** Textual encoding (RFC 7468): strict, for writing; containers/pile reads the text that users add. */

import { toBase64 } from '../octets.ts'

/** The labels of RFC 7468 §4 that are written here; that of OCSP responses is OpenSSL's. */
export type PemLabel =
  | 'CERTIFICATE'
  | 'CERTIFICATE REQUEST'
  | 'X509 CRL'
  | 'PKCS7'
  | 'PRIVATE KEY'
  | 'ENCRYPTED PRIVATE KEY'
  | 'PUBLIC KEY'
  | 'OCSP RESPONSE'

/** Returns one PEM block: 64 characters per line, a line feed at the end (RFC 7468 §3). */
export function encodePem(label: PemLabel, der: Uint8Array): string {
  const lines = toBase64(der).match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
