import { serialOf } from '../../x509/serial-number.ts'
import { digest } from '../../webcrypto/signature.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import { hexOf } from '../../octets.ts'

/** A certificate with what proxies compute of it. */
export interface CertificateFacts {
  readonly certificate: Certificate
  /** Of the whole DER, lower-case hexadecimal. */
  readonly sha1: string
  readonly sha256: string
  /** Lower-case hexadecimal, without the octet that keeps it positive. */
  readonly serial: string
}

/** What a proxy knows when it writes its headers. */
export interface Forwarding {
  readonly client: CertificateFacts
  /** DER of what the client sent after its own certificate, in that order. */
  readonly chain: readonly Uint8Array[]
  /** The proxy's own certificate, which some name. */
  readonly proxy: Certificate | null
}

/** Reads a certificate and computes its facts. Throws a CodedError if the octets are none. */
export async function certificateFacts(der: Uint8Array): Promise<CertificateFacts> {
  const certificate = parseCertificate(der)
  const [sha1, sha256] = await Promise.all([digest('SHA-1', der), digest('SHA-256', der)])
  return { certificate, sha1: hexOf(sha1), sha256: hexOf(sha256), serial: serialOf(certificate) }
}

/** What a header says of a certificate instead of, or beside, the certificate itself. */
export type FactKind =
  | 'subject'
  | 'issuer'
  | 'serial'
  | 'sha1'
  | 'sha256'
  | 'notBefore'
  | 'notAfter'
  | 'dns'
  | 'uri'
  | 'email'
  | 'ip'
  /** Whether the proxy verified the certificate, in its own words. */
  | 'verify'
  | 'present'
  | 'by'

export interface ReadFact {
  readonly kind: FactKind
  /** Normalized: hexadecimal in lower case without separators, times as in ISO 8601; any other text as it was decoded. */
  readonly text: string
  /** DER of a subject or issuer, if its text says exactly one name. */
  readonly name: Uint8Array | null
  /** The text can be read in more than one way, because its writer does not escape. */
  readonly ambiguous: boolean
}

/** What one header says, or one element of it. */
export interface ReadElement {
  /** DER; the client's own first, unless the row is one of a chain. */
  readonly certificates: readonly Uint8Array[]
  readonly facts: readonly ReadFact[]
}
