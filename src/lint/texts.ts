import { TAG } from '../der/reader.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { GeneralName } from '../x509/general-name.ts'
import { otherNameToText } from '../x509/general-name-text.ts'
import type { Attribute } from '../x509/name.ts'
import { EXTENSION_OIDS } from '../x509/oids.ts'
import { attributesAnsweredFor, attributesOf } from './name-attributes.ts'
import type { LintContext } from './rule.ts'
import { userNotices } from './user-notices.ts'

/** A displayed text, and the OID of what contains it: an attribute, a kind of other name, an extension. */
export interface ShownText {
  readonly oid: string
  readonly text: string
}

/** The attributes of the names that a certificate is responsible for, and of the directory names in its other names. */
export function nameTexts(certificate: Certificate, context: LintContext): ShownText[] {
  const texts: ShownText[] = []
  addReadable(attributesAnsweredFor(certificate, context), texts)
  for (const name of otherNames(certificate))
    if (name.kind === 'directoryName') addReadable(attributesOf(name.name), texts)
  return texts
}

function addReadable(attributes: readonly Attribute[], texts: ShownText[]): void {
  for (const { oid, text } of attributes) if (text !== null) texts.push({ oid, text })
}

/** The same, plus the texts of notices and of other names such as user principal names. */
export function shownTexts(certificate: Certificate, context: LintContext): ShownText[] {
  const texts = nameTexts(certificate, context)
  for (const name of otherNames(certificate)) {
    const text = name.kind === 'otherName' ? otherNameText(name) : null
    if (text !== null) texts.push(text)
  }
  for (const { text } of userNotices(certificate.certificatePolicies))
    // Control characters in a notice have a rule of their own.
    if (text !== null)
      texts.push({ oid: EXTENSION_OIDS.certificatePolicies, text: text.replace(/\p{Cc}/gu, '') })
  return texts
}

const otherNames = ({ subjectAltName, issuerAltName }: Certificate): readonly GeneralName[] =>
  issuerAltName === null ? (subjectAltName ?? []) : [...(subjectAltName ?? []), ...issuerAltName]

/** Returns its value if that is a UTF8String, null otherwise. */
function otherNameText({ typeId, value }: Extract<GeneralName, { kind: 'otherName' }>): ShownText | null {
  const text = value[0] === TAG.UTF8_STRING ? otherNameToText(value) : null
  return text === null ? null : { oid: typeId, text }
}
