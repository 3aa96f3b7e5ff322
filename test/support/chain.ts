import type { KeyAlgorithmId, SignatureAlgorithmId, SignatureScheme } from '../../src/webcrypto/algorithms.ts'
import { KEY_ALGORITHMS, SIGNATURES_OF, schemeOf } from '../../src/webcrypto/algorithms.ts'
import { exportPrivateKey, generateKeyPair, importPrivateKey } from '../../src/webcrypto/keys.ts'
import { digest, sign } from '../../src/webcrypto/signature.ts'
import type { Certificate } from '../../src/x509/certificate.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import { ecdsaFromRaw } from '../../src/x509/ecdsa-signature.ts'
import { assembleSigned, encodeTbsCertificate } from '../../src/x509/encode.ts'
import type { ExtensionFields } from '../../src/x509/encode.ts'
import { encodeExtensionValue } from '../../src/x509/extensions/table.ts'
import type { ExtensionName, ExtensionValues } from '../../src/x509/extensions/values.ts'
import { encodeName } from '../../src/x509/name.ts'
import { parseNameText } from '../../src/x509/name-from-text.ts'
import { EXTENSION_OIDS } from '../../src/x509/oids.ts'
import { encodeSignatureAlgorithm } from '../../src/x509/signature-algorithms.ts'
import { encodePem } from '../../src/x509/pem.ts'

/**
 * Draws chains for tests: root() → intermediate(root, { pathLen: 0 }) → endEntity(ca). By default every certificate
 * meets RFC 5280 and is valid at AT; given values replace the defaults, and null removes an extension.
 */
export const AT = new Date('2026-03-01T12:00:00Z')
const NOT_BEFORE = new Date('2026-01-01T00:00:00Z')
const NOT_AFTER = new Date('2026-12-31T00:00:00Z')

export interface Key {
  readonly algorithm: KeyAlgorithmId
  readonly spki: Uint8Array<ArrayBuffer>
  readonly keyIdentifier: Uint8Array
  readonly pkcs8: Uint8Array<ArrayBuffer>
}

/** A drawn certificate with its key. */
export interface Drawn {
  readonly certificate: Certificate
  readonly key: Key
}

type Extensions = { readonly [K in ExtensionName]?: ExtensionValues[K] | null }

export interface Drawing {
  /** RFC 4514; or DER. */
  readonly subject?: string | Uint8Array
  /** A name other than the issuer's. */
  readonly issuerName?: string | Uint8Array
  readonly notBefore?: Date
  readonly notAfter?: Date
  readonly serialNumber?: Uint8Array
  readonly version?: number
  readonly key?: Key
  readonly pathLen?: number
  readonly extensions?: Extensions
  /** Marked critical (or not) differently from RFC 5280. */
  readonly critical?: Partial<Record<ExtensionName, boolean>>
  /** Appended after the others, unchanged. */
  readonly more?: readonly ExtensionFields[]
  readonly signature?: SignatureAlgorithmId
  /** DER of an AlgorithmIdentifier that we do not sign with, and the algorithm actually used. */
  readonly oddSignature?: { readonly algorithm: Uint8Array; readonly scheme: SignatureScheme }
  /** Changes the octets of the signature before they are inserted. */
  readonly tamper?: (signature: Uint8Array) => Uint8Array
}

const CRITICAL: ReadonlySet<ExtensionName> = new Set<ExtensionName>([
  'basicConstraints',
  'keyUsage',
  'nameConstraints',
  'policyConstraints',
  'policyMappings',
  'inhibitAnyPolicy',
])

/** Generates a key pair; by default on P-256, the fastest to generate. */
export async function drawKey(algorithm: KeyAlgorithmId = 'p256'): Promise<Key> {
  const { privateKey, spki } = await generateKeyPair(algorithm)
  const keyIdentifier = (await digest('SHA-256', spki)).subarray(0, 20)
  return { algorithm, spki, keyIdentifier, pkcs8: await exportPrivateKey(privateKey) }
}

const CA_USAGE: Extensions = { keyUsage: new Set(['keyCertSign', 'cRLSign']) }

/** Makes a self-signed CA. */
export const root = (drawing: Drawing = {}): Promise<Drawn> =>
  draw(null, drawing, `CN=Root ${next()}`, { ...caConstraints(drawing), ...CA_USAGE })

/** Makes a CA below another. */
export const intermediate = (issuer: Drawn, drawing: Drawing = {}): Promise<Drawn> =>
  draw(issuer, drawing, `CN=CA ${next()}`, { ...caConstraints(drawing), ...CA_USAGE })

/** Makes a TLS server certificate for example.com. */
export const endEntity = (issuer: Drawn, drawing: Drawing = {}): Promise<Drawn> =>
  draw(issuer, drawing, 'CN=example.com', {
    keyUsage: new Set(['digitalSignature']),
    extKeyUsage: ['1.3.6.1.5.5.7.3.1'],
    subjectAltName: [{ kind: 'dNSName', value: 'example.com' }],
  })

/** Like endEntity, but self-signed. */
export const selfSigned = (drawing: Drawing = {}): Promise<Drawn> =>
  draw(null, drawing, 'CN=self.example', {
    keyUsage: new Set(['digitalSignature']),
    extKeyUsage: ['1.3.6.1.5.5.7.3.1'],
    subjectAltName: [{ kind: 'dNSName', value: 'self.example' }],
  })

/** Makes a certificate with the same subject and key under another issuer. */
export const crossCertificate = (issuer: Drawn, of: Drawn, drawing: Drawing = {}): Promise<Drawn> =>
  intermediate(issuer, { subject: of.certificate.subject.der, key: of.key, ...drawing })

let drawn = 0
const next = (): number => ++drawn

const caConstraints = ({ pathLen }: Drawing): Extensions => ({
  basicConstraints: { ca: true, pathLen: pathLen ?? null },
})

async function draw(
  issuer: Drawn | null,
  drawing: Drawing,
  subjectText: string,
  base: Extensions,
): Promise<Drawn> {
  const key = drawing.key ?? (await drawKey())
  const signer = issuer?.key ?? key
  const subject = nameDer(drawing.subject ?? subjectText)
  const algorithm = drawing.signature ?? SIGNATURES_OF[KEY_ALGORITHMS[signer.algorithm].keyType][0]!
  const signature = drawing.oddSignature?.algorithm ?? encodeSignatureAlgorithm(algorithm)
  const issuerKeyIdentifier = issuer?.certificate.subjectKeyIdentifier ?? null
  const extensions: Extensions = {
    ...base,
    subjectKeyIdentifier: key.keyIdentifier,
    authorityKeyIdentifier: issuerKeyIdentifier && {
      keyIdentifier: issuerKeyIdentifier,
      authorityCertIssuer: null,
      authorityCertSerialNumber: null,
    },
    ...drawing.extensions,
  }
  const version = drawing.version ?? 3
  const tbs = encodeTbsCertificate({
    version,
    serialNumber: drawing.serialNumber ?? serialNumber(),
    signature,
    issuer:
      drawing.issuerName === undefined
        ? (issuer?.certificate.subject.der ?? subject)
        : nameDer(drawing.issuerName),
    notBefore: drawing.notBefore ?? NOT_BEFORE,
    notAfter: drawing.notAfter ?? NOT_AFTER,
    subject,
    spki: key.spki,
    extensions:
      version < 3 ? [] : [...extensionFields(extensions, drawing.critical ?? {}), ...(drawing.more ?? [])],
  })
  const octets = await signWith(signer, drawing.oddSignature?.scheme ?? schemeOf(algorithm), tbs)
  const der = assembleSigned(tbs, signature, drawing.tamper?.(octets) ?? octets)
  return { certificate: parseCertificate(der), key }
}

const nameDer = (name: string | Uint8Array): Uint8Array =>
  typeof name === 'string' ? encodeName(parseNameText(name)) : name

/** Positive, 16 octets, different each time. */
function serialNumber(): Uint8Array {
  const octets = crypto.getRandomValues(new Uint8Array(16))
  octets[0] = (octets[0]! & 0x3f) | 0x40
  return octets
}

function extensionFields(extensions: Extensions, critical: Drawing['critical'] & object): ExtensionFields[] {
  return (Object.keys(extensions) as ExtensionName[]).flatMap((name) =>
    extensionField(name, extensions, critical),
  )
}

function extensionField(
  name: ExtensionName,
  extensions: Extensions,
  critical: Drawing['critical'] & object,
): ExtensionFields[] {
  const value = extensions[name]
  if (value === null || value === undefined) return []
  // The value belongs to the name; TypeScript cannot follow that through the union.
  const octets = (encodeExtensionValue as (name: ExtensionName, value: unknown) => Uint8Array)(name, value)
  return [{ oid: EXTENSION_OIDS[name], critical: critical[name] ?? CRITICAL.has(name), value: octets }]
}

/** Returns a signature in its X.509 form, for certificates and CRLs drawn elsewhere. */
export const signTbs = (key: Key, algorithm: SignatureAlgorithmId, tbs: Uint8Array): Promise<Uint8Array> =>
  signWith(key, schemeOf(algorithm), tbs)

/** Like signTbs, with any signing function; an ECDSA signature is returned as DER. */
export async function signWith(key: Key, scheme: SignatureScheme, tbs: Uint8Array): Promise<Uint8Array> {
  const { keyType } = KEY_ALGORITHMS[key.algorithm]
  const privateKey = await importPrivateKey(keyType, scheme, key.pkcs8, { extractable: false })
  const signature = await sign(scheme, privateKey, tbs)
  return scheme.kind === 'ecdsa' ? ecdsaFromRaw(signature) : signature
}

/** The PEM text that a user would paste. */
export const pem = (...drawn: readonly Drawn[]): string =>
  drawn.map(({ certificate }) => encodePem('CERTIFICATE', certificate.der)).join('\n')
