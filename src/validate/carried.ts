import { isCodedError } from '../errors.ts'
import { parseCertificate } from '../x509/certificate.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { BasicOcspResponse } from '../x509/ocsp.ts'

/** At most this many of the certificates sent with one response are considered. */
const MOST_SENT = 8

/** Returns the certificates sent with a response (RFC 6960 §4.2.1, certs), as far as they can be parsed. */
export const carriedBy = ({ certs }: BasicOcspResponse): Certificate[] =>
  certs.slice(0, MOST_SENT).flatMap(readable)

/** One that cannot be parsed is skipped. */
function readable(der: Uint8Array): Certificate[] {
  try {
    return [parseCertificate(der)]
  } catch (error) {
    if (isCodedError(error)) return []
    throw error
  }
}
