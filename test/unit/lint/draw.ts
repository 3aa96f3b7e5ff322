import { bitString, ia5String, integer, nul, oid, seq, utf8String } from '../../../src/der/writer.ts'
import type { Der } from '../../../src/der/writer.ts'
import type { BitString } from '../../../src/der/reader.ts'
import type { TimeType } from '../../../src/der/time.ts'
import type { Place } from '../../../src/findings/row.ts'
import type { LintContext } from '../../../src/lint/rule.ts'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import type { Certificate } from '../../../src/x509/certificate.ts'
import { assembleSigned, encodeTbsCertificate } from '../../../src/x509/encode.ts'
import type { ExtensionFields } from '../../../src/x509/encode.ts'
import { encodeExtensionValue } from '../../../src/x509/extensions/table.ts'
import type { ExtensionName, ExtensionValues } from '../../../src/x509/extensions/values.ts'
import type { DistributionPoint } from '../../../src/x509/extensions/distribution-points.ts'
import type { GeneralName } from '../../../src/x509/general-name.ts'
import { encodeName, nameFromDer } from '../../../src/x509/name.ts'
import type { AttributeText, Attribute, Name } from '../../../src/x509/name.ts'
import { EXTENSION_OIDS } from '../../../src/x509/oids.ts'

/** Draws certificates for rules: nothing is signed, because no rule looks at a signature. */

type Extensions = { readonly [K in ExtensionName]?: ExtensionValues[K] | null }
type Rdn = readonly (AttributeText | Attribute)[]

export interface Drawing {
  /** Its default role: a server's, a CA's below a root, or the root's. */
  readonly kind?: 'server' | 'ca' | 'root'
  readonly version?: number
  readonly serialNumber?: Uint8Array
  /** The inner algorithm, and the outer one if it differs. */
  readonly signature?: Der
  readonly outer?: Der
  readonly issuer?: readonly Rdn[]
  readonly subject?: readonly Rdn[]
  readonly notBefore?: Date
  readonly notAfter?: Date
  readonly timeTypes?: { notBefore: TimeType; notAfter: TimeType }
  readonly spki?: Der
  readonly issuerUniqueID?: BitString
  /** Replaced by name; null removes one. */
  readonly extensions?: Extensions
  readonly critical?: { readonly [K in ExtensionName]?: boolean }
  /** Instead of all others. */
  readonly onlyExtensions?: readonly ExtensionFields[]
  /** The certificate that issued it, as passed to the rule. */
  readonly by?: Drawing
}

const KEY_IDENTIFIER = new Uint8Array(20).fill(0xaa)
const ISSUER_KEY_IDENTIFIER = new Uint8Array(20).fill(0xbb)

export const ECDSA_SHA256 = seq(oid('1.2.840.10045.4.3.2'))
export const ECDSA_SHA512 = seq(oid('1.2.840.10045.4.3.4'))
export const RSA_SHA256 = seq(oid('1.2.840.113549.1.1.11'), nul())
const EC = oid('1.2.840.10045.2.1')
const curve = (text: string, octets: number): Der =>
  seq(seq(EC, oid(text)), bitString(Uint8Array.of(4, ...new Uint8Array(octets).fill(7))))
export const P256 = curve('1.2.840.10045.3.1.7', 64)
export const P384 = curve('1.3.132.0.34', 96)
export const P521 = curve('1.3.132.0.35', 132)
const OTHER_KEY = curve('1.2.840.10045.3.1.7', 64).map((octet, at, all) =>
  at === all.length - 1 ? 9 : octet,
)
const RSA_NUMBERS = bitString(seq(integer(new Uint8Array(256).fill(0xc1)), integer(65537)))
export const RSA = seq(seq(oid('1.2.840.113549.1.1.1'), nul()), RSA_NUMBERS)

export const dns = (...values: string[]): GeneralName[] => values.map((value) => ({ kind: 'dNSName', value }))
export const uri = (...values: string[]): GeneralName[] =>
  values.map((value) => ({ kind: 'uniformResourceIdentifier', value }))
export const email = (...values: string[]): GeneralName[] =>
  values.map((value) => ({ kind: 'rfc822Name', value }))
export const ip = (...octets: number[]): GeneralName => ({
  kind: 'iPAddress',
  octets: Uint8Array.from(octets),
})
export const name = (...rdns: Rdn[]): Name => nameFromDer(encodeName(rdns))
export const directory = (...rdns: Rdn[]): GeneralName => ({ kind: 'directoryName', name: name(...rdns) })
export const CN = (text: string): Rdn => [{ oid: '2.5.4.3', text }]
export const permitted = (...bases: GeneralName[]): ExtensionValues['nameConstraints'] => ({
  permitted: bases.map((base) => ({ base, minimum: 0, maximum: null })),
  excluded: null,
})
export const point = (over: Partial<DistributionPoint> = {}): DistributionPoint => ({
  fullName: uri('http://example.com/ca.crl'),
  nameRelativeToCRLIssuer: null,
  reasons: null,
  cRLIssuer: null,
  ...over,
})
export const policy = (text: string, ...qualifiers: { oid: string; value: Uint8Array }[]) => ({
  oid: text,
  qualifiers,
})
export const notice = (...parts: Uint8Array[]) => ({ oid: '1.3.6.1.5.5.7.2.2', value: seq(...parts) })
export const cps = { oid: '1.3.6.1.5.5.7.2.1', value: ia5String('http://example.com/cps') }
export const text = utf8String

const SERVER: Extensions = {
  keyUsage: new Set(['digitalSignature']),
  extKeyUsage: ['1.3.6.1.5.5.7.3.1'],
  subjectAltName: dns('www.example.com'),
}
const CA: Extensions = {
  basicConstraints: { ca: true, pathLen: null },
  keyUsage: new Set(['keyCertSign', 'cRLSign']),
}
const CRITICAL = new Set([
  'basicConstraints',
  'keyUsage',
  'nameConstraints',
  'policyConstraints',
  'policyMappings',
])

export function draw(drawing: Drawing): Certificate {
  const { kind = 'server', version = 3 } = drawing
  const isRoot = kind === 'root'
  const values: Extensions = {
    subjectKeyIdentifier: KEY_IDENTIFIER,
    authorityKeyIdentifier: {
      keyIdentifier: isRoot ? KEY_IDENTIFIER : ISSUER_KEY_IDENTIFIER,
      authorityCertIssuer: null,
      authorityCertSerialNumber: null,
    },
    ...(kind === 'server' ? SERVER : CA),
    ...drawing.extensions,
  }
  const signature = drawing.signature ?? ECDSA_SHA256
  const subject = drawing.subject ?? [CN(kind === 'server' ? 'www.example.com' : `Example ${kind}`)]
  const tbs = encodeTbsCertificate({
    version,
    serialNumber: drawing.serialNumber ?? new Uint8Array(20).fill(0x41),
    signature,
    issuer: encodeName(drawing.issuer ?? (isRoot ? subject : [CN('Example root')])),
    notBefore: drawing.notBefore ?? new Date('2026-01-01T00:00:00Z'),
    notAfter: drawing.notAfter ?? new Date('2026-03-31T23:59:59Z'),
    ...(drawing.timeTypes ? { timeTypes: drawing.timeTypes } : {}),
    subject: encodeName(subject),
    spki: drawing.spki ?? (isRoot ? Uint8Array.from(OTHER_KEY) : P256),
    issuerUniqueID: drawing.issuerUniqueID ?? null,
    extensions: drawing.onlyExtensions ?? written(values, drawing.critical ?? {}),
  })
  return parseCertificate(assembleSigned(tbs, drawing.outer ?? signature, new Uint8Array(8)))
}

function written(values: Extensions, critical: Drawing['critical']): ExtensionFields[] {
  return (Object.keys(values) as ExtensionName[])
    .filter((extension) => values[extension] != null)
    .map((extension) => ({
      oid: EXTENSION_OIDS[extension],
      critical: critical?.[extension] ?? CRITICAL.has(extension),
      value: encodeExtensionValue(extension, values[extension] as never),
    }))
}

/** The rule's inputs other than the certificate. */
export function contextOf({ kind = 'server', by }: Drawing): LintContext {
  const places: Record<string, Place> = { server: 'target', ca: 'ca', root: 'anchor' }
  return {
    place: places[kind]!,
    issuedAt: new Date('2026-01-01T00:00:00Z'),
    issuer: by ? draw(by) : null,
  }
}

/** The CA that issues what is drawn by default: all others have its key identifier as authority key identifier. */
export const ISSUER: Drawing = {
  kind: 'root',
  notAfter: new Date('2036-01-01T00:00:00Z'),
  extensions: { subjectKeyIdentifier: ISSUER_KEY_IDENTIFIER, authorityKeyIdentifier: null },
}
