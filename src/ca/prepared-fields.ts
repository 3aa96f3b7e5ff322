import type { Certificate } from '../x509/certificate.ts'
import { extensionNameOf } from '../x509/extensions/table.ts'
import { nameToText } from '../x509/name.ts'
import { oidName } from '../x509/oids.ts'
import { describeExtension } from './describe-extension.ts'
import { hexOf } from '../octets.ts'

/** The origin of a field of the certificate being prepared; `setting`: of the CA that signs it. */
export type FieldOrigin = 'profile' | 'setting' | 'operator' | 'issuer' | 'computed' | 'former' | 'outside'

/** One field of a prepared certificate: its name in the RFC (an OID if there is none), its value and its origin. */
export interface PreparedField {
  readonly field: string
  readonly value: string
  readonly from: FieldOrigin
}

/**
 * Describes the fields of a certificate from what was read back: what is shown is what would be signed. `origins` by
 * field: 'subject', 'notAfter', an extension's name, or `custom.OID`.
 */
export function describeFields(
  certificate: Certificate,
  origins: ReadonlyMap<string, FieldOrigin>,
): PreparedField[] {
  const { version, serialNumber, signature, issuer, notBefore, notAfter, subject, spki, extensions } =
    certificate
  const plain: [string, string][] = [
    ['version', String(version)],
    ['serialNumber', hexOf(serialNumber)],
    ['signature', oidName(signature.oid) ?? signature.oid],
    ['issuer', nameToText(issuer)],
    ['notBefore', notBefore.toISOString()],
    ['notAfter', notAfter.toISOString()],
    ['subject', nameToText(subject)],
    ['subjectPublicKeyInfo', spki.keyType ?? spki.algorithm.oid],
  ]
  return [
    ...plain.map(([field, value]) => ({ field, value, from: origins.get(field) ?? 'computed' })),
    ...extensions.map((extension) => {
      const { oid } = extension
      const field = extensionNameOf(oid) ?? oid
      const from = origins.get(`custom.${oid}`) ?? origins.get(field) ?? 'computed'
      return { field, value: describeExtension(certificate, extension), from }
    }),
  ]
}
