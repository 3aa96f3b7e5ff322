/** Stored certificates: how the record of a new one is made, and how records are written. */
import type { Actor } from '../../border/views.ts'
import type { Write } from '../../vault/commit.ts'
import type { CertificateRecord } from '../../vault/shapes.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { serialOf } from '../../x509/serial-number.ts'

/** Where it is filed, and whose key it has; the rest is as for a certificate about which nothing else is known. */
type Given = Pick<CertificateRecord, 'authorityId' | 'ownAuthorityId' | 'profileId' | 'key' | 'keyId'> &
  Partial<Omit<CertificateRecord, 'der' | 'createdAt' | 'createdBy'>>

/** Returns the record of a certificate that is not here yet: good and without notes, unless told otherwise. */
export function certificateRecord(
  { now }: { readonly now: number },
  { der }: Certificate,
  given: Given,
  { who }: Actor,
): CertificateRecord {
  return {
    der: der.slice(),
    createdAt: now,
    createdBy: who,
    status: 'good',
    tags: [],
    notes: '',
    ...given,
  }
}

/** Returns the write of a certificate, indexed by its serial number below its issuer. */
export function certificateWrite(
  id: string,
  value: CertificateRecord,
  certificate: Certificate,
  mode: 'add' | 'put' = 'add',
): Write {
  const parent = value.authorityId === null ? {} : { parent: value.authorityId }
  return { store: 'certificates', id, value, mode, serialNumber: serialOf(certificate), ...parent }
}
