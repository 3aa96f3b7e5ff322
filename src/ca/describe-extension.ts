import type { DistributionPoint } from '../x509/extensions/distribution-points.ts'
import { extensionNameOf } from '../x509/extensions/table.ts'
import type {
  CertificateExtensions,
  ExtensionName,
  ExtensionValues,
  Extension,
} from '../x509/extensions/values.ts'
import type { GeneralName } from '../x509/general-name.ts'
import { generalNameLine } from '../x509/general-name-text.ts'
import { oidName } from '../x509/oids.ts'
import { hexOf } from '../octets.ts'

/** The values of extensions as one line of text, in the RFC's own terms, the same in every language. */

const named = (oid: string): string => oidName(oid) ?? oid
const names = (list: readonly GeneralName[]): string => list.map(generalNameLine).join(', ')

const points = (list: readonly DistributionPoint[]): string =>
  list.map(({ fullName, cRLIssuer }) => names([...(fullName ?? []), ...(cRLIssuer ?? [])])).join(', ')

const count = (label: string, value: number | null): string[] =>
  value === null ? [] : [`${label} ${String(value)}`]

const TEXTS: { readonly [K in ExtensionName]?: (value: ExtensionValues[K]) => string } = {
  basicConstraints: ({ ca, pathLen }) =>
    [`cA ${ca ? 'TRUE' : 'FALSE'}`, ...count('pathLen', pathLen)].join(', '),
  keyUsage: (bits) => [...bits].join(', '),
  extKeyUsage: (oids) => oids.map(named).join(', '),
  subjectKeyIdentifier: hexOf,
  authorityKeyIdentifier: ({ keyIdentifier }) => (keyIdentifier ? hexOf(keyIdentifier) : ''),
  subjectAltName: names,
  issuerAltName: names,
  nameConstraints: ({ permitted, excluded }) =>
    [
      ...(permitted ? [`permitted ${names(permitted.map(({ base }) => base))}`] : []),
      ...(excluded ? [`excluded ${names(excluded.map(({ base }) => base))}`] : []),
    ].join('; '),
  certificatePolicies: (policies) => policies.map(({ oid }) => named(oid)).join(', '),
  policyMappings: (mappings) =>
    mappings
      .map(({ issuerDomainPolicy, subjectDomainPolicy }) => `${issuerDomainPolicy} → ${subjectDomainPolicy}`)
      .join(', '),
  policyConstraints: ({ requireExplicitPolicy, inhibitPolicyMapping }) =>
    [
      ...count('requireExplicitPolicy', requireExplicitPolicy),
      ...count('inhibitPolicyMapping', inhibitPolicyMapping),
    ].join(', '),
  inhibitAnyPolicy: String,
  cRLDistributionPoints: points,
  freshestCRL: points,
  authorityInfoAccess: (list) =>
    list.map(({ method, location }) => `${named(method)} ${generalNameLine(location)}`).join(', '),
  subjectInfoAccess: (list) =>
    list.map(({ method, location }) => `${named(method)} ${generalNameLine(location)}`).join(', '),
  tlsFeature: (features) =>
    features.map((feature) => (feature === 5 ? 'status_request' : String(feature))).join(', '),
  ocspNoCheck: () => 'present',
  noRevAvail: () => 'present',
  netscapeComment: (text) => text,
}

/** Returns one extension as text; an unknown or unreadable one as the octets of its value. */
export function describeExtension(
  certificate: CertificateExtensions,
  { oid, critical, value }: Extension,
): string {
  const name = extensionNameOf(oid)
  const text = name && certificate[name] !== null && describe(name, certificate)
  return `${critical ? 'critical, ' : ''}${typeof text === 'string' ? text : hexOf(value)}`
}

function describe(name: ExtensionName, certificate: CertificateExtensions): string | null {
  // Each name's text function takes that name's value.
  const write = TEXTS[name] as ((value: unknown) => string) | undefined
  return write ? write(certificate[name]) : null
}
