import { messages, type Messages } from '../../messages/messages.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { AccessDescription } from '../../x509/extensions/access-description.ts'
import type { DistributionPoint } from '../../x509/extensions/distribution-points.ts'
import type { CertificateExtensions, Extension, ExtensionValues } from '../../x509/extensions/values.ts'
import type { TimestampList } from '../../x509/extensions/signed-timestamps.ts'
import { EXTENSION_OIDS, oidName } from '../../x509/oids.ts'
import type { Spki } from '../../x509/spki.ts'
import { generalNameLine } from '../../x509/general-name-text.ts'
import { attributeTypeText, attributeValueText, rdnToText } from '../../x509/name.ts'
import { colons, hexOf } from '../../octets.ts'
import { algorithmName } from '../../messages/called.ts'

export interface FieldRow {
  readonly label: string
  readonly values: readonly string[]
  readonly mono?: boolean
  readonly critical?: boolean
  /** The OID shown next to the label, for an extension. */
  readonly oid?: string
}

const words = (): Messages['ui']['certificate'] => messages().ui.certificate
export const label = (field: string): string => words().field[field] ?? field
export const named = (oid: string): string => {
  const name = oidName(oid)
  return name === null ? oid : `${name} (${oid})`
}
export const octets = (bytes: Uint8Array): string => colons(hexOf(bytes))

/** Returns every field of `certificate` in the order of its bytes, as text. */
export function certificateFields(certificate: Certificate): readonly FieldRow[] {
  const { version, serialNumber, signature, issuer, notBefore, notAfter, subject, spki } = certificate
  return [
    { label: label('version'), values: [words().values.version(version)] },
    { label: label('serialNumber'), values: [octets(serialNumber)], mono: true },
    { label: label('signatureAlgorithm'), values: [named(signature.oid)] },
    { label: label('issuer'), values: nameRows(issuer) },
    { label: label('notBefore'), values: [messages().format.second(notBefore)] },
    { label: label('notAfter'), values: [messages().format.second(notAfter)] },
    { label: label('subject'), values: nameRows(subject) },
    { label: label('subjectPublicKeyInfo'), values: keyRows(spki) },
    ...certificate.extensions.map((extension) => extensionRow(certificate, extension)),
  ]
}

export function nameRows(name: Certificate['subject']): string[] {
  const rows = name.rdns.map((rdn) => {
    const [only] = rdn
    return rdn.length === 1 && only
      ? `${attributeTypeText(only.oid)} = ${attributeValueText(only)}`
      : rdnToText(rdn)
  })
  return rows.length > 0 ? rows : [words().values.empty]
}

export function keyRows({ keyType, rsa, algorithm, publicKey }: Spki): string[] {
  const type = keyType === null || rsa ? named(algorithm.oid) : algorithmName(keyType)
  if (rsa) return [type, words().values.bits(rsa.modulusBits), words().values.exponent(String(rsa.exponent))]
  return [type, words().values.octets(publicKey.length)]
}

const NAME_OF = new Map<string, keyof ExtensionValues>(
  Object.entries(EXTENSION_OIDS).map(([name, oid]) => [oid, name as keyof ExtensionValues]),
)

/** `values`: the extensions of the certificate, list or request that it is in, as far as they were read. */
export function extensionRow(
  values: Partial<CertificateExtensions>,
  { oid, critical, value: bytes }: Extension,
): FieldRow {
  const name = NAME_OF.get(oid)
  const value = name === undefined ? null : (values[name] ?? null)
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
  all.map(({ method, location }) => `${oidName(method) ?? method}: ${generalNameLine(location)}`)

export const points = (all: readonly DistributionPoint[]): string[] =>
  all.flatMap(({ fullName, nameRelativeToCRLIssuer, reasons, cRLIssuer }) => [
    ...(fullName ?? []).map(generalNameLine),
    ...(nameRelativeToCRLIssuer ? [rdnToText(nameRelativeToCRLIssuer)] : []),
    ...(reasons ? [[...reasons].join(', ')] : []),
    ...(cRLIssuer ?? []).map((name) => `cRLIssuer: ${generalNameLine(name)}`),
  ])

const said = (...parts: readonly (string | false | null)[]): string[] =>
  parts.filter((part) => typeof part === 'string')

/** RFC 5246 §7.4.1.4.1, as far as logs use them. */
const HASHES: Readonly<Record<number, string>> = { 4: 'SHA-256', 5: 'SHA-384', 6: 'SHA-512' }
const SIGNATURES: Readonly<Record<number, string>> = { 1: 'RSA', 3: 'ECDSA' }

/** Returns each timestamp of a list as a line. */
export function timestampLines({ octets: whole, fault, timestamps }: TimestampList): string[] {
  if (fault !== null) return [words().values.octets(whole.length)]
  return timestamps.map((each) => {
    if (!each) return words().values.timestampUnread
    const { at, logId, hash, signature } = each
    const algorithm = `${SIGNATURES[signature] ?? String(signature)} ${HASHES[hash] ?? String(hash)}`
    return words().values.timestamp(messages().format.second(at), octets(logId), algorithm)
  })
}

/** Each extension's value as lines of text. */
const SHOW: { readonly [K in keyof ExtensionValues]: (value: ExtensionValues[K]) => readonly string[] } = {
  authorityKeyIdentifier: ({ keyIdentifier, authorityCertIssuer, authorityCertSerialNumber }) =>
    said(
      keyIdentifier && `${words().values.keyId} ${octets(keyIdentifier)}`,
      authorityCertIssuer && authorityCertIssuer.map(generalNameLine).join(', '),
      authorityCertSerialNumber && `${words().values.serial} ${octets(authorityCertSerialNumber)}`,
    ),
  subjectKeyIdentifier: (id) => [octets(id)],
  keyUsage: (bits) => [[...bits].join(', ')],
  certificatePolicies: (all) =>
    all.flatMap(({ oid, qualifiers }) => [
      named(oid),
      ...qualifiers.map((q) => `  ${named(q.oid)}: ${qualifierText(q.value)}`),
    ]),
  policyMappings: (all) => all.map((m) => `${m.issuerDomainPolicy} → ${m.subjectDomainPolicy}`),
  subjectAltName: (all) => all.map(generalNameLine),
  issuerAltName: (all) => all.map(generalNameLine),
  subjectDirectoryAttributes: (all) =>
    all.map(({ oid, values }) => `${named(oid)}: ${values.map(hexOf).join(', ')}`),
  basicConstraints: ({ ca, pathLen }) =>
    ca
      ? [words().values.ca, pathLen === null ? words().values.noPathLen : words().values.pathLen(pathLen)]
      : [words().values.notCa],
  nameConstraints: ({ permitted, excluded }) => [
    ...(permitted ?? []).map(({ base }) => `${words().values.permitted} ${generalNameLine(base)}`),
    ...(excluded ?? []).map(({ base }) => `${words().values.excluded} ${generalNameLine(base)}`),
  ],
  policyConstraints: ({ requireExplicitPolicy: a, inhibitPolicyMapping: b }) =>
    said(
      a !== null && words().values.requireExplicitPolicy(a),
      b !== null && words().values.inhibitPolicyMapping(b),
    ),
  extKeyUsage: (all) => all.map(named),
  cRLDistributionPoints: points,
  inhibitAnyPolicy: (n) => [String(n)],
  freshestCRL: points,
  authorityInfoAccess: access,
  subjectInfoAccess: access,
  tlsFeature: (all) => all.map((n) => (n === 5 ? 'status_request (5)' : String(n))),
  signedCertificateTimestamps: timestampLines,
  precertificatePoison: () => [words().values.present],
  ocspNoCheck: () => [words().values.present],
  noRevAvail: () => [words().values.present],
  netscapeCertType: (bits) => [[...bits].join(', ')],
  netscapeComment: (text) => [text],
  microsoftTemplate: ({ oid, major, minor }) => [
    [oid, major, minor].filter((part) => part !== null).join(' '),
  ],
  microsoftTemplateName: (text) => [text],
}

/** Returns a CPS address (IA5String) as text, anything else as hex. */
function qualifierText(der: Uint8Array): string {
  return der[0] === 0x16 && (der[1] ?? 0x80) < 0x80
    ? new TextDecoder('latin1').decode(der.subarray(2))
    : hexOf(der)
}
