/** The named bits of netscape-cert-type, in their order. */
export const NETSCAPE_CERT_TYPE_BITS = [
  'sslClient',
  'sslServer',
  'email',
  'objectSigning',
  'reserved',
  'sslCA',
  'emailCA',
  'objectSigningCA',
] as const
export type NetscapeCertTypeBit = (typeof NETSCAPE_CERT_TYPE_BITS)[number]
