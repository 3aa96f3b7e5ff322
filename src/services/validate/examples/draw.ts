import { explicit, seq } from '../../../der/writer.ts'
import type { Der } from '../../../der/writer.ts'
import { parseWhole } from '../../../der/reader.ts'
import type { BitString } from '../../../der/reader.ts'
import type { TimeType } from '../../../der/time.ts'
import type { ValidateOptions } from '../../../validate/options.ts'
import { KEY_ALGORITHMS, schemeOf, SIGNATURES_OF } from '../../../webcrypto/algorithms.ts'
import type { KeyAlgorithmId, SignatureAlgorithmId, SignatureScheme } from '../../../webcrypto/algorithms.ts'
import { generateKeyPair } from '../../../webcrypto/keys.ts'
import { random } from '../../../webcrypto/seal.ts'
import { digest, sign } from '../../../webcrypto/signature.ts'
import { parseCertificate } from '../../../x509/certificate.ts'
import type { Certificate } from '../../../x509/certificate.ts'
import type { CertificateList } from '../../../x509/certificate-list.ts'
import type { OcspResponse } from '../../../x509/ocsp.ts'
import { ecdsaFromRaw } from '../../../x509/ecdsa-signature.ts'
import { assembleSigned, encodeTbsCertificate } from '../../../x509/encode.ts'
import type { ExtensionFields, TbsCertificateFields } from '../../../x509/encode.ts'
import { encodeExtensionValue } from '../../../x509/extensions/table.ts'
import type { ExtensionName, ExtensionValues } from '../../../x509/extensions/values.ts'
import { encodeName } from '../../../x509/name.ts'
import type { Attribute, AttributeText } from '../../../x509/name.ts'
import { ATTRIBUTE_OIDS, EKU_OIDS, EXTENSION_OIDS, BR_POLICY_OIDS } from '../../../x509/oids.ts'
import { encodeSignatureAlgorithm } from '../../../x509/signature-algorithms.ts'
import { AT } from './day.ts'
import { DAY } from '../../../time.ts'

/** How it differs from a certificate that meets every rule; null omits an extension. */
export interface Drawing {
  readonly subject?: readonly (readonly (Attribute | AttributeText)[])[]
  readonly issuer?: readonly (readonly AttributeText[])[]
  readonly notBefore?: Date
  readonly notAfter?: Date
  readonly timeTypes?: { readonly notBefore: TimeType; readonly notAfter: TimeType }
  /** Content of the INTEGER. */
  readonly serialNumber?: Uint8Array
  readonly version?: number
  readonly issuerUniqueID?: BitString
  readonly extensions?: { readonly [K in ExtensionName]?: ExtensionValues[K] | null }
  readonly critical?: { readonly [K in ExtensionName]?: boolean }
  /** Replaces fields of the authorityKeyIdentifier that names the issuer's key. */
  readonly aki?: Partial<ExtensionValues['authorityKeyIdentifier']>
  /** Written after the others, verbatim. */
  readonly more?: readonly ExtensionFields[]
  /** The field is present but has no extension. */
  readonly emptyExtensions?: boolean
  readonly key?: KeyAlgorithmId
  /** A public key with these octets: no private half exists, and it signs nothing. */
  readonly spki?: () => Uint8Array
  /** Another certificate for this one's key. */
  readonly keyOf?: Drawn
  /** AlgorithmIdentifiers, verbatim, and how it is signed. */
  readonly inner?: Der
  /** Replaces the default algorithm for its issuer's key. */
  readonly signedWith?: SignatureAlgorithmId
  readonly outer?: Der
  readonly scheme?: SignatureScheme
  /** Changes the octets after signing. */
  readonly tamper?: (der: Uint8Array) => Uint8Array
}

/** A certificate with its key, which lives only while the example is drawn. */
export interface Drawn {
  readonly certificate: Certificate
  readonly algorithm: KeyAlgorithmId
  readonly privateKey: CryptoKey
  readonly keyIdentifier: Uint8Array
}

/** A chain to validate, and the options for it. */
export interface Chain {
  readonly target: Certificate
  readonly anchors: readonly Certificate[]
  readonly intermediates: readonly Certificate[]
  readonly crls?: readonly CertificateList[]
  readonly ocspResponses?: readonly OcspResponse[]
  readonly asked?: Partial<ValidateOptions>
}

/** Root, issuing CA, server: one of them, or the question, is faulty. */
export interface Parts {
  readonly root?: Drawing
  readonly ca?: Drawing
  readonly target?: Drawing
  readonly asked?: Partial<ValidateOptions>
}

export const HOST = 'www.example.com'
export const inDays = (n: number): Date => new Date(AT.getTime() + n * DAY)
export const CN = (text: string): AttributeText[] => [{ oid: ATTRIBUTE_OIDS.CN, text }]
/** The issuing CA's name if it is a public one. */
export const PUBLIC_CA = [
  [{ oid: ATTRIBUTE_OIDS.C, text: 'CH' }],
  [{ oid: ATTRIBUTE_OIDS.O, text: 'Example' }],
  CN('Example Issuing CA'),
]

const CA_EXTENSIONS: Drawing['extensions'] = {
  basicConstraints: { ca: true, pathLen: null },
  keyUsage: new Set(['keyCertSign', 'cRLSign']),
}
const SERVER_EXTENSIONS: Drawing['extensions'] = {
  keyUsage: new Set(['digitalSignature']),
  extKeyUsage: [EKU_OIDS.serverAuth],
  subjectAltName: [{ kind: 'dNSName', value: HOST }],
}
const CRITICAL: ReadonlySet<ExtensionName> = new Set<ExtensionName>([
  'basicConstraints',
  'keyUsage',
  'nameConstraints',
  'policyConstraints',
  'policyMappings',
  'inhibitAnyPolicy',
])

export const drawRoot = (drawing: Drawing = {}): Promise<Drawn> =>
  draw(null, drawing, { subject: [CN('Example Root')], days: 3650, extensions: CA_EXTENSIONS })

export const drawCa = (issuer: Drawn, drawing: Drawing = {}, name = 'Example Issuing CA'): Promise<Drawn> =>
  draw(issuer, drawing, { subject: [CN(name)], days: 1800, extensions: CA_EXTENSIONS })

export const drawServer = (issuer: Drawn, drawing: Drawing = {}): Promise<Drawn> =>
  draw(issuer, drawing, { subject: [CN(HOST)], days: 80, extensions: SERVER_EXTENSIONS })

/** Root, intermediate CAs, target: all sent along, the root trusted. */
export const chainOf = (path: readonly Drawn[], asked: Partial<ValidateOptions> = {}): Chain => {
  const certificates = path.map(({ certificate }) => certificate)
  return {
    target: certificates.at(-1)!,
    anchors: certificates.slice(0, 1),
    intermediates: certificates.slice(1, -1),
    asked,
  }
}

export async function three({ root, ca, target, asked = {} }: Parts): Promise<[Drawn, Drawn, Drawn]> {
  const usual = asked.profile === 'webpki' ? PUBLIC : PRIVATE
  const top = await drawRoot(root)
  const middle = await drawCa(top, {
    ...usual.ca,
    ...ca,
    extensions: { ...usual.ca.extensions, ...ca?.extensions },
  })
  const extensions = { ...usual.target.extensions, ...target?.extensions }
  return [top, middle, await drawServer(middle, { ...target, extensions })]
}

type Usually = { readonly ca: Drawing; readonly target: Drawing }
const PRIVATE: Usually = { ca: {}, target: {} }
/** Extensions that only the Baseline Requirements require of public CAs and servers. */
const PUBLIC: Usually = (() => {
  const certificatePolicies = [{ oid: BR_POLICY_OIDS.domainValidated, qualifiers: [] }]
  const cRLDistributionPoints = [
    {
      fullName: [{ kind: 'uniformResourceIdentifier', value: 'http://example.com/ca.crl' } as const],
      nameRelativeToCRLIssuer: null,
      reasons: null,
      cRLIssuer: null,
    },
  ]
  const extensions = { certificatePolicies, cRLDistributionPoints }
  return {
    ca: { subject: PUBLIC_CA, extensions: { ...extensions, extKeyUsage: [EKU_OIDS.serverAuth] } },
    target: { extensions },
  }
})()

interface Usual {
  readonly subject: NonNullable<Drawing['subject']>
  readonly days: number
  readonly extensions: Drawing['extensions']
}

async function draw(issuer: Drawn | null, drawing: Drawing, usual: Usual): Promise<Drawn> {
  const algorithm = drawing.keyOf?.algorithm ?? drawing.key ?? 'p256'
  const { privateKey, spki } = drawing.keyOf
    ? { privateKey: drawing.keyOf.privateKey, spki: drawing.keyOf.certificate.spki.der }
    : await generateKeyPair(algorithm)
  const publicKey = drawing.spki?.() ?? spki
  const keyIdentifier = (await digest('SHA-256', publicKey)).subarray(0, 20)
  const subject = encodeName(drawing.subject ?? usual.subject)
  const id = drawing.signedWith ?? SIGNATURES_OF[KEY_ALGORITHMS[issuer?.algorithm ?? algorithm].keyType][0]!
  const inner = drawing.inner ?? encodeSignatureAlgorithm(id)
  const extensions: Drawing['extensions'] = {
    ...usual.extensions,
    subjectKeyIdentifier: keyIdentifier,
    authorityKeyIdentifier: issuer && {
      keyIdentifier: issuer.keyIdentifier,
      authorityCertIssuer: null,
      authorityCertSerialNumber: null,
      ...drawing.aki,
    },
    ...drawing.extensions,
  }
  const { version = 3, timeTypes, issuerUniqueID } = drawing
  const fields = {
    version,
    serialNumber: drawing.serialNumber ?? serialNumber(),
    signature: inner,
    issuer: drawing.issuer ? encodeName(drawing.issuer) : (issuer?.certificate.subject.der ?? subject),
    notBefore: drawing.notBefore ?? inDays(-10),
    notAfter: drawing.notAfter ?? inDays(usual.days),
    ...(timeTypes ? { timeTypes } : {}),
    subject,
    spki: publicKey,
    ...(issuerUniqueID ? { issuerUniqueID } : {}),
    extensions: version === 1 ? [] : [...written(extensions, drawing.critical), ...(drawing.more ?? [])],
  }
  const tbs = drawing.emptyExtensions ? withEmptyExtensions(fields) : encodeTbsCertificate(fields)
  const scheme = drawing.scheme ?? schemeOf(id)
  const signature = await sign(scheme, issuer?.privateKey ?? privateKey, tbs)
  const octets = scheme.kind === 'ecdsa' ? ecdsaFromRaw(signature) : signature
  const der: Uint8Array = assembleSigned(tbs, drawing.outer ?? inner, octets)
  const certificate = parseCertificate(drawing.tamper?.(der) ?? der)
  return { certificate, algorithm, privateKey, keyIdentifier }
}

function written(
  extensions: NonNullable<Drawing['extensions']>,
  critical: Drawing['critical'],
): ExtensionFields[] {
  return (Object.keys(extensions) as ExtensionName[]).flatMap((name) => {
    const value = extensions[name]
    if (value === null || value === undefined) return []
    // The value has the type of its name; TypeScript cannot follow that through the union.
    const encode = encodeExtensionValue as (name: ExtensionName, value: unknown) => Uint8Array
    return [
      {
        oid: EXTENSION_OIDS[name],
        critical: critical?.[name] ?? CRITICAL.has(name),
        value: encode(name, value),
      },
    ]
  })
}

/** Our encoder never writes this: the field with nothing in it. */
function withEmptyExtensions(fields: TbsCertificateFields): Der {
  const tbs = encodeTbsCertificate({ ...fields, extensions: [] })
  return seq(
    parseWhole(tbs, (reader) => reader.content()),
    explicit(3, seq()),
  )
}

/** Returns a positive serial number of 16 octets. */
function serialNumber(): Uint8Array {
  const octets = random(16)
  octets[0] = (octets[0]! & 0x3f) | 0x40
  return octets
}
