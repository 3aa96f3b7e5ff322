import type { Certificate } from '../x509/certificate.ts'
import { compareOctets } from '../der/writer.ts'

export const sameOctets = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && compareOctets(a, b) === 0

/** §4.2.1.9: the subject is a CA when basicConstraints says so, and nothing else says it. */
export const isCa = ({ basicConstraints }: Certificate): boolean => basicConstraints?.ca === true

export const isSelfIssued = ({ issuer, subject }: Certificate): boolean => sameOctets(issuer.der, subject.der)

export const hasEmptySubject = ({ subject }: Certificate): boolean => subject.rdns.length === 0

/** Whether the extension is there at all, readable or not. */
export const hasExtension = (certificate: Certificate, oid: string): boolean =>
  certificate.extensions.some((extension) => extension.oid === oid)

/** Whether the extension is there and marked critical. */
export const isCritical = (certificate: Certificate, oid: string): boolean =>
  certificate.extensions.some((extension) => extension.oid === oid && extension.critical)

/** Whether the extension is there and not marked critical. */
export const isNonCritical = (certificate: Certificate, oid: string): boolean =>
  certificate.extensions.some((extension) => extension.oid === oid && !extension.critical)
