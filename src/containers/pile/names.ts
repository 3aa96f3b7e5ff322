/** The kind of content that a file's name suggests, for files whose octets do not show it. */
import type { StatusKind } from './items.ts'

/** Its name says that it is a source of revocation status. */
const STATUS_NAMES: readonly (readonly [RegExp, StatusKind])[] = [
  [/\.crl(?:\.pem|\.der)?$/i, 'crl'],
  [/\.(?:ors|ocsp)$/i, 'ocspResponse'],
]

/** Returns the kind of status expected in a file of this name. */
export const statusNamed = (name: string): StatusKind | undefined =>
  STATUS_NAMES.find(([pattern]) => pattern.test(name))?.[1]

const READ_HERE =
  /\.(?:ce?rt?|pem|der|crl|arl|p7[bcms]|p1[02]|pfx|p8|key|csr|req|jks|jceks|keystore|truststore|sst|stl|pkipath|ors|ocsp|mobileconfig)$/i

/** Whether files with this name are read here. */
export const isNamedAsRead = (name: string): boolean => READ_HERE.test(name)

const CERTIFICATE = /\.(?:ce?rt?|pem|der)$/i

/** Whether a certificate is expected in a file of this name. */
export const isNamedCertificate = (name: string): boolean => CERTIFICATE.test(name)

/** Returns the kind of status for this PEM label. */
export const statusLabelled = (label: string | null): StatusKind | undefined =>
  label === null
    ? undefined
    : /\bCRL\b/.test(label)
      ? 'crl'
      : /\bOCSP\b/.test(label)
        ? 'ocspResponse'
        : undefined
