import type { Write } from '../../vault/commit.ts'
import type { Read } from '../../vault/reading.ts'
import type { CertificateRecord } from '../../vault/shapes.ts'
import { parseCertificate, type Certificate } from '../../x509/certificate.ts'
import { serialOf } from '../../x509/serial-number.ts'

/** Returns a certificate's record with some fields changed, under the same issuer. */
export function rewritten(
  { id, value, parent }: Read<'certificates'>,
  change: Partial<CertificateRecord>,
  certificate: Certificate = parseCertificate(value.der),
): Write {
  const place = parent === undefined ? {} : { parent, serialNumber: serialOf(certificate) }
  return { store: 'certificates', id, value: { ...value, ...change }, mode: 'put', ...place }
}
