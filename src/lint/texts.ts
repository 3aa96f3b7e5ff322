import { TAG } from '../der/reader.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { GeneralName } from '../x509/general-name.ts'
import { otherNameToText } from '../x509/general-name-text.ts'
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
export const nameTexts = (certificate: Certificate, context: LintContext): ShownText[] =>
  [
    ...attributesAnsweredFor(certificate, context),
    ...otherNames(certificate).flatMap((name) =>
      name.kind === 'directoryName' ? attributesOf(name.name) : [],
    ),
  ].flatMap(({ oid, text }) => (text === null ? [] : [{ oid, text }]))

/** The same, plus the texts of notices and of other names such as user principal names. */
export const shownTexts = (certificate: Certificate, context: LintContext): ShownText[] => [
  ...nameTexts(certificate, context),
  ...otherNames(certificate).flatMap((name) => (name.kind === 'otherName' ? otherNameText(name) : [])),
  ...userNotices(certificate.certificatePolicies).flatMap(({ text }) =>
    // Control characters in a notice have a rule of their own.
    text === null ? [] : [{ oid: EXTENSION_OIDS.certificatePolicies, text: text.replace(/\p{Cc}/gu, '') }],
  ),
]

const otherNames = ({ subjectAltName, issuerAltName }: Certificate): readonly GeneralName[] => [
  ...(subjectAltName ?? []),
  ...(issuerAltName ?? []),
]

/** Returns its value if that is a UTF8String. */
function otherNameText({ typeId, value }: Extract<GeneralName, { kind: 'otherName' }>): ShownText[] {
  const text = value[0] === TAG.UTF8_STRING ? otherNameToText(value) : null
  return text === null ? [] : [{ oid: typeId, text }]
}
