import type { Reader } from '../../der/reader.ts'
import { boolean, octetString, oid as encodeOid, seq } from '../../der/writer.ts'
import type { Der } from '../../der/writer.ts'
import type { Finding } from '../../findings.ts'
import { encodeGeneralNames, parseGeneralNames } from '../general-name.ts'
import { EXTENSION_OIDS } from '../oids.ts'
import { encodeAccessDescriptions, parseAccessDescriptions } from './access-description.ts'
import { encodeAuthorityKeyIdentifier, parseAuthorityKeyIdentifier } from './authority-key-identifier.ts'
import { encodeBasicConstraints, parseBasicConstraints } from './basic-constraints.ts'
import { encodeCertificatePolicies, parseCertificatePolicies } from './certificate-policies.ts'
import { encodeDistributionPoints, parseDistributionPoints } from './distribution-points.ts'
import { encodeExtKeyUsage, parseExtKeyUsage } from './ext-key-usage.ts'
import { encodeKeyUsage, parseKeyUsage } from './key-usage.ts'
import {
  encodeMicrosoftTemplate,
  encodeMicrosoftTemplateName,
  parseMicrosoftTemplate,
  parseMicrosoftTemplateName,
} from './microsoft-template.ts'
import { encodeNameConstraints, parseNameConstraints } from './name-constraints.ts'
import {
  encodeNetscapeCertType,
  encodeNetscapeComment,
  parseNetscapeCertType,
  parseNetscapeComment,
} from './netscape.ts'
import { encodeNull, parseNull } from './null-extension.ts'
import { readTimestampList, type TimestampList } from './signed-timestamps.ts'
import {
  encodeInhibitAnyPolicy,
  encodePolicyConstraints,
  parseInhibitAnyPolicy,
  parsePolicyConstraints,
} from './policy-constraints.ts'
import { encodePolicyMappings, parsePolicyMappings } from './policy-mappings.ts'
import {
  encodeSubjectDirectoryAttributes,
  parseSubjectDirectoryAttributes,
} from './subject-directory-attributes.ts'
import { encodeSubjectKeyIdentifier, parseSubjectKeyIdentifier } from './subject-key-identifier.ts'
import { encodeTlsFeature, parseTlsFeature } from './tls-feature.ts'
import type { ExtensionName, ExtensionValues } from './values.ts'

/** Reader (its cursor is over extnValue's content) and writer for the value of one extension. */
interface Codec<T> {
  readonly parse: (reader: Reader, findings: Finding[]) => T
  readonly encode: (value: T) => Der
}

const codec = <T>(parse: Codec<NoInfer<T>>['parse'], encode: Codec<T>['encode']): Codec<T> => ({
  parse,
  encode,
})

const generalNames = (field: string) =>
  codec((reader, findings) => parseGeneralNames(reader.sequence(), field, findings), encodeGeneralNames)

const timestamps = codec(
  (reader) => readTimestampList(reader.octetString()),
  ({ octets }: TimestampList) => octetString(octets),
)

/** Every certificate extension that is read into a typed value. */
export const EXTENSIONS: { readonly [K in ExtensionName]: Codec<ExtensionValues[K]> } = {
  authorityKeyIdentifier: codec(parseAuthorityKeyIdentifier, encodeAuthorityKeyIdentifier),
  subjectKeyIdentifier: codec(parseSubjectKeyIdentifier, encodeSubjectKeyIdentifier),
  keyUsage: codec(parseKeyUsage, encodeKeyUsage),
  certificatePolicies: codec(parseCertificatePolicies, encodeCertificatePolicies),
  policyMappings: codec(parsePolicyMappings, encodePolicyMappings),
  subjectAltName: generalNames('subjectAltName'),
  issuerAltName: generalNames('issuerAltName'),
  subjectDirectoryAttributes: codec(parseSubjectDirectoryAttributes, encodeSubjectDirectoryAttributes),
  basicConstraints: codec(parseBasicConstraints, encodeBasicConstraints),
  nameConstraints: codec(parseNameConstraints, encodeNameConstraints),
  policyConstraints: codec(parsePolicyConstraints, encodePolicyConstraints),
  extKeyUsage: codec(parseExtKeyUsage, encodeExtKeyUsage),
  cRLDistributionPoints: codec(parseDistributionPoints('cRLDistributionPoints'), encodeDistributionPoints),
  inhibitAnyPolicy: codec(parseInhibitAnyPolicy, encodeInhibitAnyPolicy),
  freshestCRL: codec(parseDistributionPoints('freshestCRL'), encodeDistributionPoints),
  authorityInfoAccess: codec(parseAccessDescriptions('authorityInfoAccess'), encodeAccessDescriptions),
  subjectInfoAccess: codec(parseAccessDescriptions('subjectInfoAccess'), encodeAccessDescriptions),
  tlsFeature: codec(parseTlsFeature, encodeTlsFeature),
  signedCertificateTimestamps: timestamps,
  precertificatePoison: codec(parseNull, encodeNull),
  ocspNoCheck: codec(parseNull, encodeNull),
  noRevAvail: codec(parseNull, encodeNull),
  netscapeCertType: codec(parseNetscapeCertType, encodeNetscapeCertType),
  netscapeComment: codec(parseNetscapeComment, encodeNetscapeComment),
  microsoftTemplate: codec(parseMicrosoftTemplate, encodeMicrosoftTemplate),
  microsoftTemplateName: codec(parseMicrosoftTemplateName, encodeMicrosoftTemplateName),
}

const BY_OID = new Map<string, ExtensionName>(
  Object.entries(EXTENSION_OIDS).map(([name, oid]) => [oid, name as ExtensionName]),
)

/** Returns the name of an extension that is read into a typed value, or undefined for any other. */
export const extensionNameOf = (oid: string): ExtensionName | undefined => BY_OID.get(oid)

/** Returns extnValue's content for a typed value. */
export const encodeExtensionValue = <K extends ExtensionName>(name: K, value: ExtensionValues[K]): Der =>
  EXTENSIONS[name].encode(value)

/**
 * Returns one Extension (RFC 5280 §4.1) from the content of its extnValue; `critical` is omitted if false (X.690
 * §11.5).
 */
export function encodeExtension(extension: { oid: string; critical: boolean; value: Uint8Array }): Der {
  const { oid, critical, value } = extension
  return critical
    ? seq(encodeOid(oid), boolean(true), octetString(value))
    : seq(encodeOid(oid), octetString(value))
}
