import { isCodedError } from '../errors.ts'
import { parseCertificate } from '../x509/certificate.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { BasicOcspResponse } from '../x509/ocsp.ts'

/** Certificates looked at of those that are sent with one response. */
const MOST_SENT = 8

/** The certificates that a response brings along (RFC 6960 §4.2.1, certs), as far as they can be read. */
export const carriedBy = ({ certs }: BasicOcspResponse): Certificate[] =>
  certs.slice(0, MOST_SENT).flatMap(readable)

/** One that cannot be read is nobody's certificate. */
function readable(der: Uint8Array): Certificate[] {
  try {
    return [parseCertificate(der)]
  } catch (error) {
    if (isCodedError(error)) return []
    throw error
  }
}
