/** What the name of a file says of it, where its octets do not. */
import type { StatusKind } from './items.ts'

/** By its name it was to tell who is revoked. */
const STATUS_NAMES: readonly (readonly [RegExp, StatusKind])[] = [
  [/\.crl(?:\.pem|\.der)?$/i, 'crl'],
  [/\.(?:ors|ocsp)$/i, 'ocspResponse'],
]

/** The kind of status that one would look for in a file of this name. */
export const statusNamed = (name: string): StatusKind | undefined =>
  STATUS_NAMES.find(([pattern]) => pattern.test(name))?.[1]

const READ_HERE =
  /\.(?:ce?rt?|pem|der|crl|arl|p7[bcms]|p1[02]|pfx|p8|key|csr|req|jks|jceks|keystore|truststore|sst|stl|pkipath|ors|ocsp|mobileconfig)$/i

/** Whether files of such a name are read here. */
export const isNamedAsRead = (name: string): boolean => READ_HERE.test(name)

const CERTIFICATE = /\.(?:ce?rt?|pem|der)$/i

/** Whether one would look for a certificate in a file of this name. */
export const isNamedCertificate = (name: string): boolean => CERTIFICATE.test(name)

/** The kind of status that stands under such a label of PEM. */
export const statusLabelled = (label: string | null): StatusKind | undefined =>
  label === null
    ? undefined
    : /\bCRL\b/.test(label)
      ? 'crl'
      : /\bOCSP\b/.test(label)
        ? 'ocspResponse'
        : undefined
