/** Values of the extensions a witness is likely to read aloud, in words; null for any other. */
import * as pkijs from 'pkijs'
import { fromBER } from 'asn1js'
import { KEY_USAGES, PURPOSES } from './names.ts'
import { nameFacts, nameLine } from './name.ts'
import { hex, pairs } from './text.ts'

/** Returns a readable value, or null if there is none here or it does not parse. */
export function extensionText(oid: string, value: Uint8Array): string | null {
  const write = WRITERS[oid]
  if (!write) return null
  try {
    const { result, offset } = fromBER(value)
    return offset === value.length ? write(result) : null
  } catch {
    return null
  }
}

// PKI.js accepts any schema and throws if it does not match.
type Schema = ConstructorParameters<typeof pkijs.BasicConstraints>[0] extends { schema?: infer S } | undefined
  ? S
  : never

const WRITERS: Readonly<Record<string, (schema: Schema) => string>> = {
  '2.5.29.14': (schema) =>
    pairs((schema as { valueBlock: { valueHexView: Uint8Array } }).valueBlock.valueHexView),
  '2.5.29.15': keyUsage,
  '2.5.29.17': (schema) => generalNames(new pkijs.GeneralNames({ schema }).names),
  '2.5.29.18': (schema) => generalNames(new pkijs.GeneralNames({ schema }).names),
  '2.5.29.19': basicConstraints,
  '2.5.29.20': integer,
  '2.5.29.27': integer,
  '2.5.29.30': nameConstraints,
  '2.5.29.31': distributionPoints,
  '2.5.29.32': (schema) =>
    new pkijs.CertificatePolicies({ schema }).certificatePolicies
      .map(({ policyIdentifier }) => policyIdentifier)
      .join('\n'),
  '2.5.29.35': authorityKeyIdentifier,
  '2.5.29.37': (schema) =>
    new pkijs.ExtKeyUsage({ schema }).keyPurposes.map((oid) => PURPOSES[oid] ?? oid).join('\n'),
  '2.5.29.46': distributionPoints,
  '1.3.6.1.5.5.7.1.1': (schema) =>
    new pkijs.InfoAccess({ schema }).accessDescriptions
      .map(
        ({ accessMethod, accessLocation }) =>
          `${METHODS[accessMethod] ?? accessMethod}: ${generalName(accessLocation)}`,
      )
      .join('\n'),
}

const METHODS: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.48.1': 'OCSP',
  '1.3.6.1.5.5.7.48.2': 'CA issuers',
}

function keyUsage(schema: Schema): string {
  const octets = (schema as { valueBlock: { valueHexView: Uint8Array } }).valueBlock.valueHexView
  return KEY_USAGES.filter((_, i) => ((octets[i >> 3] ?? 0) >> (7 - (i & 7))) & 1).join(', ') || 'none'
}

function basicConstraints(schema: Schema): string {
  const { cA, pathLenConstraint } = new pkijs.BasicConstraints({ schema })
  if (!cA) return 'not a CA'
  if (pathLenConstraint === undefined) return 'CA, path length not limited'
  const length = typeof pathLenConstraint === 'number' ? String(pathLenConstraint) : hexOf(pathLenConstraint)
  return `CA, path length at most ${length}`
}

const hexOf = (block: { valueBlock: { valueHexView: Uint8Array } }): string =>
  `0x${hex(block.valueBlock.valueHexView)}`

function integer(schema: Schema): string {
  const octets = (schema as { valueBlock: { valueHexView: Uint8Array } }).valueBlock.valueHexView
  return octets.length <= 32 ? BigInt(`0x${hex(octets) || '0'}`).toString() : pairs(octets)
}

function nameConstraints(schema: Schema): string {
  const { permittedSubtrees = [], excludedSubtrees = [] } = new pkijs.NameConstraints({ schema })
  return [
    ...permittedSubtrees.map(({ base }) => `permitted: ${generalName(base)}`),
    ...excludedSubtrees.map(({ base }) => `excluded: ${generalName(base)}`),
  ].join('\n')
}

function distributionPoints(schema: Schema): string {
  return new pkijs.CRLDistributionPoints({ schema }).distributionPoints
    .map(({ distributionPoint: point }) =>
      Array.isArray(point) ? generalNames(point) : point ? 'a name relative to the issuer' : 'no name',
    )
    .join('\n')
}

function authorityKeyIdentifier(schema: Schema): string {
  const { keyIdentifier, authorityCertIssuer, authorityCertSerialNumber } = new pkijs.AuthorityKeyIdentifier({
    schema,
  })
  return [
    ...(keyIdentifier ? [`key: ${pairs(keyIdentifier.valueBlock.valueHexView)}`] : []),
    ...(authorityCertIssuer ?? []).map((name) => `issuer: ${generalName(name)}`),
    ...(authorityCertSerialNumber
      ? [`serial number: ${pairs(authorityCertSerialNumber.valueBlock.valueHexView)}`]
      : []),
  ].join('\n')
}

const generalNames = (names: readonly pkijs.GeneralName[]): string => names.map(generalName).join('\n')

function generalName({ type, value }: pkijs.GeneralName): string {
  const given = value as unknown
  if (type === 1 || type === 2 || type === 6)
    return `${['', 'email', 'DNS', '', '', '', 'URI'][type]!}: ${String(given)}`
  if (type === 4) return `directory name: ${nameLine(nameFacts(given as pkijs.RelativeDistinguishedNames))}`
  if (type === 7)
    return `IP: ${address((given as { valueBlock: { valueHexView: Uint8Array } }).valueBlock.valueHexView)}`
  if (type === 8) return `registered ID: ${String(given)}`
  return 'a name of another kind'
}

/** Returns addresses in full, nothing shortened, so that two can be compared by eye. */
function address(octets: Uint8Array): string {
  const half = octets.length / 2
  if (octets.length === 8 || octets.length === 32)
    return `${address(octets.subarray(0, half))} mask ${address(octets.subarray(half))}`
  if (octets.length === 4) return octets.join('.')
  return octets.length === 16 ? hex(octets).replace(/....(?=.)/g, '$&:') : pairs(octets)
}
