import type * as pkijs from 'pkijs'
import type { Certificate } from '../../src/x509/certificate.ts'
import { KEY_USAGE_BITS } from '../../src/x509/extensions/key-usage.ts'
import type { GeneralName } from '../../src/x509/general-name.ts'
import { EXTENSION_OIDS } from '../../src/x509/oids.ts'
import { toHex } from '../support/bytes.ts'

/** What is compared of each extension's typed value: ours, and the same taken from what pkijs read. */
interface Comparison {
  readonly ours: (certificate: Certificate) => unknown
  readonly theirs: (value: never) => unknown
}

const view = (value: { valueBlock: { valueHexView: Uint8Array } }): string =>
  toHex(value.valueBlock.valueHexView)

const COMPARISONS: Partial<Record<keyof typeof EXTENSION_OIDS, Comparison>> = {
  basicConstraints: {
    ours: ({ basicConstraints }) => basicConstraints,
    theirs: ({ cA, pathLenConstraint }: pkijs.BasicConstraints) => ({
      ca: cA,
      pathLen: typeof pathLenConstraint === 'number' ? pathLenConstraint : null,
    }),
  },
  keyUsage: {
    ours: ({ keyUsage }) => [...keyUsage!],
    theirs: (value: { valueBlock: { valueHexView: Uint8Array } }) =>
      KEY_USAGE_BITS.filter((_, bit) => (value.valueBlock.valueHexView[bit >> 3] ?? 0) & (0x80 >> (bit & 7))),
  },
  extKeyUsage: {
    ours: ({ extKeyUsage }) => extKeyUsage,
    theirs: ({ keyPurposes }: pkijs.ExtKeyUsage) => keyPurposes,
  },
  subjectKeyIdentifier: {
    ours: ({ subjectKeyIdentifier }) => toHex(subjectKeyIdentifier!),
    theirs: view,
  },
  authorityKeyIdentifier: {
    ours: ({ authorityKeyIdentifier: value }) => [
      value?.keyIdentifier && toHex(value.keyIdentifier),
      value?.authorityCertIssuer?.map(ourGeneralName) ?? [],
      value?.authorityCertSerialNumber && toHex(value.authorityCertSerialNumber),
    ],
    theirs: (value: pkijs.AuthorityKeyIdentifier) => [
      value.keyIdentifier ? view(value.keyIdentifier) : null,
      value.authorityCertIssuer?.map(theirGeneralName) ?? [],
      value.authorityCertSerialNumber ? view(value.authorityCertSerialNumber) : null,
    ],
  },
  subjectAltName: {
    ours: ({ subjectAltName }) => subjectAltName!.map(ourGeneralName),
    theirs: ({ altNames }: pkijs.AltName) => altNames.map(theirGeneralName),
  },
  certificatePolicies: {
    ours: ({ certificatePolicies }) =>
      certificatePolicies!.map(({ oid, qualifiers }) => [oid, qualifiers.map((each) => each.oid)]),
    theirs: ({ certificatePolicies }: pkijs.CertificatePolicies) =>
      certificatePolicies.map(({ policyIdentifier, policyQualifiers }) => [
        policyIdentifier,
        (policyQualifiers ?? []).map((each) => each.policyQualifierId),
      ]),
  },
  policyMappings: {
    ours: ({ policyMappings }) =>
      policyMappings!.map(({ issuerDomainPolicy, subjectDomainPolicy }) => [
        issuerDomainPolicy,
        subjectDomainPolicy,
      ]),
    theirs: ({ mappings }: pkijs.PolicyMappings) =>
      mappings.map(({ issuerDomainPolicy, subjectDomainPolicy }) => [
        issuerDomainPolicy,
        subjectDomainPolicy,
      ]),
  },
  nameConstraints: {
    ours: ({ nameConstraints }) =>
      [nameConstraints!.permitted, nameConstraints!.excluded].map((subtrees) =>
        (subtrees ?? []).map(({ base }) => ourGeneralName(base)),
      ),
    theirs: ({ permittedSubtrees, excludedSubtrees }: pkijs.NameConstraints) =>
      [permittedSubtrees, excludedSubtrees].map((subtrees) =>
        (subtrees ?? []).map(({ base }) => theirGeneralName(base)),
      ),
  },
  policyConstraints: {
    ours: ({ policyConstraints }) => policyConstraints,
    theirs: ({ requireExplicitPolicy, inhibitPolicyMapping }: pkijs.PolicyConstraints) => ({
      requireExplicitPolicy: requireExplicitPolicy ?? null,
      inhibitPolicyMapping: inhibitPolicyMapping ?? null,
    }),
  },
  authorityInfoAccess: {
    ours: ({ authorityInfoAccess }) =>
      authorityInfoAccess!.map(({ method, location }) => [method, ourGeneralName(location)]),
    theirs: ({ accessDescriptions }: pkijs.InfoAccess) =>
      accessDescriptions.map(({ accessMethod, accessLocation }) => [
        accessMethod,
        theirGeneralName(accessLocation),
      ]),
  },
  cRLDistributionPoints: {
    ours: ({ cRLDistributionPoints }) =>
      cRLDistributionPoints!.map(({ fullName, cRLIssuer }) =>
        [fullName, cRLIssuer].map((names) => (names ?? []).map(ourGeneralName)),
      ),
    theirs: ({ distributionPoints }: pkijs.CRLDistributionPoints) =>
      distributionPoints.map(({ distributionPoint, cRLIssuer }) =>
        [Array.isArray(distributionPoint) ? distributionPoint : [], cRLIssuer].map((names) =>
          (names ?? []).map(theirGeneralName),
        ),
      ),
  },
}

/** The typed values that both have read, paired by extension. */
export function typedValues(
  certificate: Certificate,
  theirs: pkijs.Certificate,
): { ours: unknown; theirs: unknown } {
  const both: { ours: Record<string, unknown>; theirs: Record<string, unknown> } = { ours: {}, theirs: {} }
  for (const [name, comparison] of Object.entries(COMPARISONS)) {
    const key = name as keyof typeof EXTENSION_OIDS
    const extension = theirs.extensions?.find(({ extnID }) => extnID === EXTENSION_OIDS[key])
    const parsed = extension?.parsedValue as object | undefined
    if (certificate[key] === null || !parsed || 'parsingError' in parsed) continue
    both.ours[name] = comparison.ours(certificate)
    both.theirs[name] = comparison.theirs(parsed as never)
  }
  return both
}

const KINDS: GeneralName['kind'][] = [
  'otherName',
  'rfc822Name',
  'dNSName',
  'x400Address',
  'directoryName',
  'ediPartyName',
  'uniformResourceIdentifier',
  'iPAddress',
  'registeredID',
]

function ourGeneralName(name: GeneralName): unknown {
  switch (name.kind) {
    case 'dNSName':
    case 'rfc822Name':
    case 'uniformResourceIdentifier':
      return [name.kind, name.value]
    case 'iPAddress':
      return [name.kind, toHex(name.octets)]
    case 'registeredID':
      return [name.kind, name.oid]
    case 'directoryName':
      return [name.kind, name.name.rdns.flat().map(({ oid }) => oid)]
    default:
      return [name.kind]
  }
}

function theirGeneralName({ type, value }: pkijs.GeneralName): unknown {
  const kind = KINDS[type]!
  switch (kind) {
    case 'dNSName':
    case 'rfc822Name':
    case 'uniformResourceIdentifier':
      return [kind, value as string]
    case 'iPAddress':
      return [kind, view(value as never)]
    case 'registeredID':
      return [kind, value as string]
    case 'directoryName':
      return [kind, (value as pkijs.RelativeDistinguishedNames).typesAndValues.map((each) => each.type)]
    default:
      return [kind]
  }
}
