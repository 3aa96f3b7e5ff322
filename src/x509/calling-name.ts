/** Short display names of certificates. */
import type { Certificate } from './certificate.ts'
import type { GeneralName } from './general-name.ts'
import { generalNameLine, generalNameToText } from './general-name-text.ts'
import { nameToText, type Name } from './name.ts'
import { ATTRIBUTE_OIDS } from './oids.ts'
import { serialOf } from './serial-number.ts'

type Named = Pick<Certificate, 'subject' | 'subjectAltName'>

/**
 * The display name of the subject: its last common name, else its first alternative name, else the whole name, else
 * empty.
 */
export const subjectCalled = (certificate: Named): string =>
  commonNameOf(certificate) || firstNameOf(certificate) || nameToText(certificate.subject)

/** The same, or the serial number if the certificate has no name. */
export const callingName = (certificate: Certificate): string =>
  subjectCalled(certificate) || serialOf(certificate)

/** Display names of issuer and subject, for sentences about the signature. */
export const calledIn = (certificate: Certificate): { issuerName: string; name: string } => ({
  issuerName: subjectCalled({ subject: certificate.issuer, subjectAltName: null }),
  name: subjectCalled(certificate),
})

/** Returns the last common name that is text. */
export const commonNameOf = ({ subject }: Pick<Named, 'subject'>): string | null =>
  lastText(subject, ATTRIBUTE_OIDS.CN)

/** Returns the first non-empty alternative name; a host or mailbox as it is, other names prefixed with their kind. */
export function firstNameOf({ subjectAltName }: Pick<Named, 'subjectAltName'>): string | null {
  for (const name of subjectAltName ?? []) {
    const text = generalNameToText(name)
    if (text) return isPlainName(name) ? text : generalNameLine(name)
  }
  return null
}

const isPlainName = ({ kind }: GeneralName): boolean =>
  kind === 'dNSName' || kind === 'rfc822Name' || kind === 'iPAddress' || kind === 'uniformResourceIdentifier'

/** Returns the last text attribute of the given type, or of any type. */
export function lastText(name: Name, oid?: string): string | null {
  const found = name.rdns
    .flat()
    .findLast((attribute) => (oid === undefined || attribute.oid === oid) && attribute.text !== null)
  return found?.text ?? null
}
