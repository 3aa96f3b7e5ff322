import type { Reader } from '../../der/reader.ts'
import type { Finding } from '../../findings.ts'
import { parseExtensions } from './parse.ts'
import { EXTENSIONS, extensionNameOf } from './table.ts'
import type { CertificateExtensions, Extension, ExtensionName } from './values.ts'

/** All extensions unchanged, and the typed values of those a certificate can have. */
export interface TypedExtensions {
  readonly extensions: readonly Extension[]
  readonly values: CertificateExtensions
}

/** Reads the Extensions of a certificate, or those a request asks for (RFC 2985 §5.4.2). */
export function parseTypedExtensions(sequence: Reader, findings: Finding[]): TypedExtensions {
  const values = noExtensions()
  const extensions = parseExtensions(sequence, findings, ({ oid }, content) => {
    const name = extensionNameOf(oid)
    if (name) readTyped(values, name, content, findings)
  })
  return { extensions, values }
}

function readTyped(values: object, name: ExtensionName, content: Reader, findings: Finding[]): void {
  const value = EXTENSIONS[name].parse(content, findings)
  content.finish()
  // The table pairs each name with the type of its value.
  ;(values as Record<ExtensionName, unknown>)[name] = value
}

/** Listed in full, so that every certificate has the same shape in memory. */
export function noExtensions(): CertificateExtensions {
  return {
    authorityKeyIdentifier: null,
    subjectKeyIdentifier: null,
    keyUsage: null,
    certificatePolicies: null,
    policyMappings: null,
    subjectAltName: null,
    issuerAltName: null,
    subjectDirectoryAttributes: null,
    basicConstraints: null,
    nameConstraints: null,
    policyConstraints: null,
    extKeyUsage: null,
    cRLDistributionPoints: null,
    inhibitAnyPolicy: null,
    freshestCRL: null,
    authorityInfoAccess: null,
    subjectInfoAccess: null,
    tlsFeature: null,
    signedCertificateTimestamps: null,
    precertificatePoison: null,
    ocspNoCheck: null,
    noRevAvail: null,
    netscapeCertType: null,
    netscapeComment: null,
    microsoftTemplate: null,
    microsoftTemplateName: null,
  }
}
