/** What a person calls a certificate. */
import type { Certificate } from './certificate.ts'
import type { GeneralName } from './general-name.ts'
import { generalNameLine, generalNameToText } from './general-name-text.ts'
import { nameToText, type Name } from './name.ts'
import { ATTRIBUTE_OIDS } from './oids.ts'
import { serialOf } from './serial-number.ts'

type Named = Pick<Certificate, 'subject' | 'subjectAltName'>

/** What a person calls the subject: its last common name, else its first alternative name, else the whole name, else nothing. */
export const subjectCalled = (certificate: Named): string =>
  commonNameOf(certificate) || firstNameOf(certificate) || nameToText(certificate.subject)

/** The same, and the serial number of a certificate that names nobody. */
export const callingName = (certificate: Certificate): string =>
  subjectCalled(certificate) || serialOf(certificate)

/** Issuer and subject of a certificate as the sentence before its signature names them. */
export const calledIn = (certificate: Certificate): { issuerName: string; name: string } => ({
  issuerName: subjectCalled({ subject: certificate.issuer, subjectAltName: null }),
  name: subjectCalled(certificate),
})

/** The last common name that is text. */
export const commonNameOf = ({ subject }: Pick<Named, 'subject'>): string | null =>
  lastText(subject, ATTRIBUTE_OIDS.CN)

/** The first alternative name that says something; a name of a host or a mailbox as it stands, others with their kind. */
export function firstNameOf({ subjectAltName }: Pick<Named, 'subjectAltName'>): string | null {
  for (const name of subjectAltName ?? []) {
    const text = generalNameToText(name)
    if (text) return isPlainName(name) ? text : generalNameLine(name)
  }
  return null
}

const isPlainName = ({ kind }: GeneralName): boolean =>
  kind === 'dNSName' || kind === 'rfc822Name' || kind === 'iPAddress' || kind === 'uniformResourceIdentifier'

/** The last attribute of a type that is text, or of any type. */
export function lastText(name: Name, oid?: string): string | null {
  const found = name.rdns
    .flat()
    .findLast((attribute) => (oid === undefined || attribute.oid === oid) && attribute.text !== null)
  return found?.text ?? null
}
