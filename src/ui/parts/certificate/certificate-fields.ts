import { messages } from '../../../messages/messages.ts'
import { moment } from '../../../messages/en/format.ts'
import type { Certificate } from '../../../x509/certificate.ts'
import type { AccessDescription } from '../../../x509/extensions/access-description.ts'
import type { DistributionPoint } from '../../../x509/extensions/distribution-points.ts'
import type { ExtensionValues } from '../../../x509/extensions/values.ts'
import { EXTENSION_OIDS, oidName } from '../../../x509/oids.ts'
import type { Spki } from '../../../x509/spki.ts'
import { attributeName, attributeText, generalNameText, nameLine } from '../names.ts'
import { colons, toHex } from '../shorten.ts'
import { algorithmName } from '../called.ts'

export interface FieldRow {
  readonly label: string
  readonly values: readonly string[]
  readonly mono?: boolean
  readonly critical?: boolean
  /** The OID beside the label, for an extension. */
  readonly oid?: string
}

const words = messages.ui.certificate
const label = (field: string): string => words.field[field] ?? field
const named = (oid: string): string => {
  const name = oidName(oid)
  return name === null ? oid : `${name} (${oid})`
}
const octets = (bytes: Uint8Array): string => colons(toHex(bytes))

/** Every field of `certificate` in the order of its bytes, as text. */
export function certificateFields(certificate: Certificate): readonly FieldRow[] {
  const { version, serialNumber, signature, issuer, notBefore, notAfter, subject, spki } = certificate
  return [
    { label: label('version'), values: [words.values.version(version)] },
    { label: label('serialNumber'), values: [octets(serialNumber)], mono: true },
    { label: label('signatureAlgorithm'), values: [named(signature.oid)] },
    { label: label('issuer'), values: nameRows(issuer) },
    { label: label('notBefore'), values: [moment(notBefore)] },
    { label: label('notAfter'), values: [moment(notAfter)] },
    { label: label('subject'), values: nameRows(subject) },
    { label: label('subjectPublicKeyInfo'), values: keyRows(spki) },
    ...certificate.extensions.map(({ oid, critical, value }) =>
      extensionRow(certificate, oid, critical, value),
    ),
  ]
}

function nameRows(name: Certificate['subject']): string[] {
  const rows = name.rdns.map((rdn) =>
    rdn.map((a) => `${attributeName(a.oid)} = ${attributeText(a)}`).join(' + '),
  )
  return rows.length > 0 ? rows : [words.values.empty]
}

function keyRows({ keyType, rsa, algorithm, publicKey }: Spki): string[] {
  const type = keyType === null || rsa ? named(algorithm.oid) : algorithmName(keyType)
  if (rsa) return [type, words.values.bits(rsa.modulusBits), words.values.exponent(String(rsa.exponent))]
  return [type, words.values.octets(publicKey.length)]
}

const NAME_OF = new Map<string, keyof ExtensionValues>(
  Object.entries(EXTENSION_OIDS).map(([name, oid]) => [oid, name as keyof ExtensionValues]),
)

function extensionRow(certificate: Certificate, oid: string, critical: boolean, bytes: Uint8Array): FieldRow {
  const name = NAME_OF.get(oid)
  const value = name === undefined ? null : certificate[name]
  const show =
    name === undefined ? undefined : (SHOW[name] as ((value: unknown) => readonly string[]) | undefined)
  const text = value === null || !show ? null : show(value)
  return {
    label: name === undefined ? (oidName(oid) ?? oid) : label(name),
    oid,
    critical,
    values: text ?? [octets(bytes)],
    mono: text === null || name === 'subjectKeyIdentifier' || name === 'authorityKeyIdentifier',
  }
}

const access = (all: readonly AccessDescription[]): string[] =>
  all.map(({ method, location }) => `${oidName(method) ?? method}: ${generalNameText(location)}`)

const points = (all: readonly DistributionPoint[]): string[] =>
  all.flatMap(({ fullName, nameRelativeToCRLIssuer, reasons, cRLIssuer }) => [
    ...(fullName ?? []).map(generalNameText),
    ...(nameRelativeToCRLIssuer ?? []).map((a) => `${attributeName(a.oid)}=${attributeText(a)}`),
    ...(reasons ? [[...reasons].join(', ')] : []),
    ...(cRLIssuer ?? []).map((name) => `cRLIssuer: ${generalNameText(name)}`),
  ])

const said = (...parts: readonly (string | false | null)[]): string[] =>
  parts.filter((part) => typeof part === 'string')

/** Each extension's value as lines of text. */
const SHOW: { readonly [K in keyof ExtensionValues]: (value: ExtensionValues[K]) => readonly string[] } = {
  authorityKeyIdentifier: ({ keyIdentifier, authorityCertIssuer, authorityCertSerialNumber }) =>
    said(
      keyIdentifier && `${words.values.keyId} ${octets(keyIdentifier)}`,
      authorityCertIssuer && authorityCertIssuer.map(generalNameText).join(', '),
      authorityCertSerialNumber && `${words.values.serial} ${octets(authorityCertSerialNumber)}`,
    ),
  subjectKeyIdentifier: (id) => [octets(id)],
  keyUsage: (bits) => [[...bits].join(', ')],
  certificatePolicies: (all) =>
    all.flatMap(({ oid, qualifiers }) => [
      named(oid),
      ...qualifiers.map((q) => `  ${named(q.oid)}: ${qualifierText(q.value)}`),
    ]),
  policyMappings: (all) => all.map((m) => `${m.issuerDomainPolicy} → ${m.subjectDomainPolicy}`),
  subjectAltName: (all) => all.map(generalNameText),
  issuerAltName: (all) => all.map(generalNameText),
  subjectDirectoryAttributes: (all) =>
    all.map(({ oid, values }) => `${named(oid)}: ${values.map(toHex).join(', ')}`),
  basicConstraints: ({ ca, pathLen }) =>
    ca
      ? [words.values.ca, pathLen === null ? words.values.noPathLen : words.values.pathLen(pathLen)]
      : [words.values.notCa],
  nameConstraints: ({ permitted, excluded }) => [
    ...(permitted ?? []).map(({ base }) => `${words.values.permitted} ${generalNameText(base)}`),
    ...(excluded ?? []).map(({ base }) => `${words.values.excluded} ${generalNameText(base)}`),
  ],
  policyConstraints: ({ requireExplicitPolicy: a, inhibitPolicyMapping: b }) =>
    said(
      a !== null && words.values.requireExplicitPolicy(a),
      b !== null && words.values.inhibitPolicyMapping(b),
    ),
  extKeyUsage: (all) => all.map(named),
  cRLDistributionPoints: points,
  inhibitAnyPolicy: (n) => [String(n)],
  freshestCRL: points,
  authorityInfoAccess: access,
  subjectInfoAccess: access,
  tlsFeature: (all) => all.map((n) => (n === 5 ? 'status_request (5)' : String(n))),
  signedCertificateTimestamps: (bytes) => [words.values.octets(bytes.length)],
  precertificatePoison: () => [words.values.present],
  ocspNoCheck: () => [words.values.present],
  noRevAvail: () => [words.values.present],
  netscapeCertType: (bits) => [[...bits].join(', ')],
  netscapeComment: (text) => [text],
  microsoftTemplate: ({ oid, major, minor }) => [
    [oid, major, minor].filter((part) => part !== null).join(' '),
  ],
  microsoftTemplateName: (text) => [text],
}

/** A CPS address (IA5String) as text, anything else as hex. */
function qualifierText(der: Uint8Array): string {
  return der[0] === 0x16 && (der[1] ?? 0x80) < 0x80
    ? new TextDecoder('latin1').decode(der.subarray(2))
    : toHex(der)
}

/** One line that names the certificate: for findings. */
export const certificateTitle = (certificate: Certificate): string => nameLine(certificate.subject)
