import { oidOctets } from '../der/oid.ts'
import { parseWhole } from '../der/reader.ts'
import { ia5String, seq, utf8String } from '../der/writer.ts'
import { isCodedError } from '../errors.ts'
import type { ExtensionFields } from '../x509/encode.ts'
import {
  encodeCertificatePolicies,
  parseCertificatePolicies,
} from '../x509/extensions/certificate-policies.ts'
import type { PolicyInformation } from '../x509/extensions/certificate-policies.ts'
import type { DistributionPoint } from '../x509/extensions/distribution-points.ts'
import type { GeneralName } from '../x509/general-name.ts'
import { nameFromDer } from '../x509/name.ts'
import { encodeExtensionValue } from '../x509/extensions/table.ts'
import type { ExtensionName, ExtensionValues } from '../x509/extensions/values.ts'
import { ACCESS_METHOD_OIDS, EKU_OIDS, EXTENSION_OIDS, POLICY_OIDS } from '../x509/oids.ts'
import { invalidField } from './input.ts'
import type { CustomExtension, ExtensionInputs } from './input.ts'
import { readNameConstraints } from './name-constraints.ts'
import { readGeneralName, wholeDer } from './names.ts'

/** Typed values of the extensions that the operator enters or a profile sets. */
export type RequestedValues = { -readonly [K in ExtensionName]?: ExtensionValues[K] }

/** Converts text, numbers and OIDs as typed to typed values. Throws with the field if one is malformed. */
export function readExtensions(inputs: ExtensionInputs): RequestedValues {
  const values: RequestedValues = {}
  if (inputs.keyUsage) values.keyUsage = new Set(inputs.keyUsage)
  if (inputs.extKeyUsage && inputs.extKeyUsage.length > 0)
    values.extKeyUsage = inputs.extKeyUsage.map((text) => readOid(usageOid(text), 'extKeyUsage'))
  if (inputs.nameConstraints) values.nameConstraints = readNameConstraints(inputs.nameConstraints)
  if (inputs.certificatePolicies) values.certificatePolicies = inputs.certificatePolicies.map(readPolicy)
  if (inputs.policyMappings) values.policyMappings = inputs.policyMappings.map(readMapping)
  if (inputs.policyConstraints) {
    const { requireExplicitPolicy, inhibitPolicyMapping } = inputs.policyConstraints
    values.policyConstraints = {
      requireExplicitPolicy:
        requireExplicitPolicy === null ? null : whole(requireExplicitPolicy, 'policyConstraints'),
      inhibitPolicyMapping:
        inhibitPolicyMapping === null ? null : whole(inhibitPolicyMapping, 'policyConstraints'),
    }
  }
  if (typeof inputs.inhibitAnyPolicy === 'number')
    values.inhibitAnyPolicy = whole(inputs.inhibitAnyPolicy, 'inhibitAnyPolicy')
  if (inputs.cRLDistributionPoints || inputs.cRLIssuer) values.cRLDistributionPoints = listPoints(inputs)
  if (inputs.freshestCRL) values.freshestCRL = points(inputs.freshestCRL, 'freshestCRL')
  if (inputs.authorityInfoAccess)
    values.authorityInfoAccess = access(inputs.authorityInfoAccess, 'authorityInfoAccess')
  if (inputs.subjectInfoAccess)
    values.subjectInfoAccess = access(inputs.subjectInfoAccess, 'subjectInfoAccess')
  if (inputs.issuerAltName)
    values.issuerAltName = inputs.issuerAltName.map((name) => readGeneralName(name, 'issuerAltName'))
  if (inputs.tlsFeature) values.tlsFeature = inputs.tlsFeature.map((feature) => whole(feature, 'tlsFeature'))
  if (inputs.ocspNoCheck === true) values.ocspNoCheck = true
  if (inputs.netscapeComment) values.netscapeComment = ascii(inputs.netscapeComment, 'netscapeComment')
  if (inputs.microsoftTemplateName) values.microsoftTemplateName = inputs.microsoftTemplateName
  return values
}

function usageOid(text: string): string {
  return Object.hasOwn(EKU_OIDS, text) ? EKU_OIDS[text as keyof typeof EKU_OIDS] : text
}

function readOid(text: string, field: string): string {
  const trimmed = text.trim()
  if (!oidOctets(trimmed)) throw invalidField(field, text, trimmed === '' ? 'empty' : 'syntax')
  return trimmed
}

/** 'OID', 'OID https://…' with a pointer to the practice statement, or 'OID any words' with a notice to show. */
function readPolicy(text: string): PolicyInformation {
  const [, identifier = '', more = ''] = /^\s*(\S*)\s*(.*)$/s.exec(text) ?? []
  const policy = readOid(
    identifier === 'anyPolicy' ? POLICY_OIDS.anyPolicy : identifier,
    'certificatePolicies',
  )
  if (more === '') return { oid: policy, qualifiers: [] }
  if (/^[a-z]+:\/\/\S+$/i.test(more))
    return {
      oid: policy,
      qualifiers: [{ oid: POLICY_OIDS.cps, value: ia5String(ascii(more, 'certificatePolicies')) }],
    }
  // explicitText is limited to 200 characters (§4.2.1.4).
  if (more.length > 200) throw invalidField('certificatePolicies', more, 'too-long')
  return { oid: policy, qualifiers: [{ oid: POLICY_OIDS.userNotice, value: seq(utf8String(more)) }] }
}

function readMapping(pair: { issuerDomainPolicy: string; subjectDomainPolicy: string }) {
  return {
    issuerDomainPolicy: readOid(pair.issuerDomainPolicy, 'policyMappings'),
    subjectDomainPolicy: readOid(pair.subjectDomainPolicy, 'policyMappings'),
  }
}

function points(urls: readonly string[], field: string): DistributionPoint[] {
  return urls.map((value) => ({
    fullName: [readGeneralName({ kind: 'uniformResourceIdentifier', value }, field)],
    nameRelativeToCRLIssuer: null,
    reasons: null,
    cRLIssuer: null,
  }))
}

/** The addresses of lists, and their signer if it is another CA; that name may be given without an address. */
function listPoints({ cRLDistributionPoints, cRLIssuer }: ExtensionInputs): DistributionPoint[] {
  const found = points(cRLDistributionPoints ?? [], 'cRLDistributionPoints')
  if (!cRLIssuer) return found
  const nowhere = { fullName: null, nameRelativeToCRLIssuer: null, reasons: null }
  const issuer = [readListIssuer(cRLIssuer)]
  return (found.length > 0 ? found : [nowhere]).map((point) => ({ ...point, cRLIssuer: issuer }))
}

function readListIssuer(text: string): GeneralName {
  const der = wholeDer(text)
  if (!der) return readGeneralName({ kind: 'directoryName', value: text }, 'cRLIssuer')
  try {
    return { kind: 'directoryName', name: nameFromDer(der) }
  } catch (error) {
    if (isCodedError(error)) throw invalidField('cRLIssuer', text, 'syntax')
    throw error
  }
}

type AccessInput = Readonly<Partial<Record<keyof typeof ACCESS_METHOD_OIDS, readonly string[]>>>

function access(input: AccessInput, field: string) {
  return Object.entries(input).flatMap(([method, urls]) =>
    urls.map((value) => ({
      method: ACCESS_METHOD_OIDS[method as keyof typeof ACCESS_METHOD_OIDS],
      location: readGeneralName({ kind: 'uniformResourceIdentifier', value }, field),
    })),
  )
}

function whole(value: number, field: string): number {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 2 ** 31)
    throw invalidField(field, String(value), 'range')
  return value
}

export const readPathLen = (value: number): number => whole(value, 'pathLen')

function ascii(text: string, field: string): string {
  if (!/^[\x20-\x7e]*$/.test(text)) throw invalidField(field, text, 'characters')
  return text
}

/** Returns one extension of the certificate being prepared. */
export function encodeValue<K extends ExtensionName>(
  name: K,
  value: ExtensionValues[K],
  critical: boolean,
): ExtensionFields {
  return { oid: EXTENSION_OIDS[name], critical, value: encodeExtensionValue(name, value) }
}

/** Returns an extension by OID, its value typed in hexadecimal. Throws if the value is not DER. */
export function readCustomExtension({ oid: typed, critical, value }: CustomExtension): ExtensionFields {
  const identifier = readOid(typed, 'custom')
  const der = wholeDer(value)
  if (!der || hasEmptyQualifiers(identifier, der)) throw invalidField(`custom.${identifier}`, value, 'syntax')
  return { oid: identifier, critical, value: der }
}

/** RFC 5280 §4.2.1.4: an empty policyQualifiers is omitted; reading and writing the value would drop it. */
function hasEmptyQualifiers(identifier: string, der: Uint8Array): boolean {
  if (identifier !== EXTENSION_OIDS.certificatePolicies) return false
  try {
    const policies = parseWhole(der, parseCertificatePolicies)
    return encodeCertificatePolicies(policies).length !== der.length
  } catch {
    // A value that cannot be read at all is left to the rules to refuse.
    return false
  }
}
