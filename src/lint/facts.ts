import type { Certificate } from '../x509/certificate.ts'
import { EKU_OIDS } from '../x509/oids.ts'
import { isCa } from '../x509/roles.ts'

export const hasEmptySubject = ({ subject }: Certificate): boolean => subject.rdns.length === 0

/** Whether the extension is present, readable or not. */
export const hasExtension = (certificate: Certificate, oid: string): boolean =>
  certificate.extensions.some((extension) => extension.oid === oid)

/** Whether the extension is present and marked critical. */
export const isCritical = (certificate: Certificate, oid: string): boolean =>
  certificate.extensions.some((extension) => extension.oid === oid && extension.critical)

/** Whether the extension is present and not marked critical. */
export const isNonCritical = (certificate: Certificate, oid: string): boolean =>
  certificate.extensions.some((extension) => extension.oid === oid && !extension.critical)

/** Whether it is a TLS server's: serverAuth is among its purposes. A CA is not one. */
export const isServer = (certificate: Certificate): boolean =>
  !isCa(certificate) && certificate.extKeyUsage?.includes(EKU_OIDS.serverAuth) === true

/** Whether it belongs to a time-stamping service. */
export const isTimeStamper = (certificate: Certificate): boolean =>
  !isCa(certificate) && certificate.extKeyUsage?.includes(EKU_OIDS.timeStamping) === true

/** Returns the values that occur more than once, each once. */
export function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const value of values) (seen.has(value) ? twice : seen).add(value)
  return [...twice]
}
