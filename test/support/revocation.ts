import {
  enumerated,
  explicit,
  integer,
  integerContent,
  octetString,
  seq,
  time,
} from '../../src/der/writer.ts'
import { SIGNATURES_OF, KEY_ALGORITHMS } from '../../src/webcrypto/algorithms.ts'
import type { SignatureAlgorithmId } from '../../src/webcrypto/algorithms.ts'
import { digest } from '../../src/webcrypto/signature.ts'
import { parseCertificateList } from '../../src/x509/certificate-list.ts'
import type { CertificateList } from '../../src/x509/certificate-list.ts'
import { assembleSigned } from '../../src/x509/encode.ts'
import { encodeAuthorityKeyIdentifier } from '../../src/x509/extensions/authority-key-identifier.ts'
import {
  encodeIssuingDistributionPoint,
  UNLIMITED,
} from '../../src/x509/extensions/issuing-distribution-point.ts'
import type { IssuingDistributionPoint } from '../../src/x509/extensions/issuing-distribution-point.ts'
import { encodeExtension } from '../../src/x509/extensions/table.ts'
import { encodeOcspResponse, encodeResponseData, parseOcspResponse } from '../../src/x509/ocsp.ts'
import type { CertStatus, OcspResponse, ResponderId } from '../../src/x509/ocsp.ts'
import { encodeSignatureAlgorithm } from '../../src/x509/signature-algorithms.ts'
import { encodeRevokedEntry } from '../../src/x509/revoked-entry.ts'
import type { RevokedEntryFields } from '../../src/x509/revoked-entry.ts'
import type { Drawn } from './chain.ts'
import { AT, signTbs } from './chain.ts'

const DAY = 86_400_000
export const days = (n: number): Date => new Date(AT.getTime() + n * DAY)

interface ExtensionDrawing {
  readonly oid: string
  readonly critical: boolean
  readonly value: Uint8Array
}

/** Differences from a complete, current CRL that meets RFC 5280 §5; null removes a part. */
export interface ListDrawing {
  readonly revoked?: readonly (Drawn | Partial<RevokedEntryFields> | Uint8Array)[]
  readonly thisUpdate?: Date
  readonly nextUpdate?: Date | null
  readonly number?: number | null
  readonly base?: number
  readonly scope?: Partial<IssuingDistributionPoint>
  readonly keyIdentifier?: Uint8Array | null
  readonly more?: readonly ExtensionDrawing[]
  readonly critical?: Readonly<Record<string, boolean>>
  readonly version?: 1 | 2 | 3
  readonly issuer?: Uint8Array
  readonly outerAlgorithm?: Uint8Array
  /** Written as the signature algorithm, inside and outside, whatever it is. */
  readonly algorithm?: Uint8Array
  readonly tamper?: (signature: Uint8Array) => Uint8Array
}

/** Makes a CRL signed by this certificate's key. */
export async function drawList(signer: Drawn, drawing: ListDrawing = {}): Promise<CertificateList> {
  const { thisUpdate = days(-1), nextUpdate = days(7), version = 2 } = drawing
  const id = algorithmOf(signer)
  const algorithm = drawing.algorithm ?? encodeSignatureAlgorithm(id)
  const entries = (drawing.revoked ?? []).map((one) => (one instanceof Uint8Array ? one : entryOf(one)))
  const extensions = version >= 2 ? listExtensions(signer, drawing) : []
  const tbs = seq(
    ...(version >= 2 ? [integer(version - 1)] : []),
    algorithm,
    drawing.issuer ?? signer.certificate.subject.der,
    time(thisUpdate),
    ...(nextUpdate ? [time(nextUpdate)] : []),
    ...(entries.length > 0 ? [seq(...entries)] : []),
    ...(extensions.length > 0 ? [explicit(0, seq(...extensions))] : []),
  )
  const signature = await signTbs(signer.key, id, tbs)
  return parseCertificateList(
    assembleSigned(tbs, drawing.outerAlgorithm ?? algorithm, drawing.tamper?.(signature) ?? signature),
  )
}

const algorithmOf = ({ key }: Drawn): SignatureAlgorithmId =>
  SIGNATURES_OF[KEY_ALGORITHMS[key.algorithm].keyType][0]!

function entryOf(one: Drawn | Partial<RevokedEntryFields>): Uint8Array {
  const fields = 'certificate' in one ? { serialNumber: one.certificate.serialNumber } : one
  return encodeRevokedEntry({ serialNumber: Uint8Array.of(1), revocationDate: days(-2), ...fields })
}

function listExtensions(signer: Drawn, drawing: ListDrawing): Uint8Array[] {
  const { number = 10, base, scope, more = [], critical = {} } = drawing
  const keyIdentifier =
    drawing.keyIdentifier === undefined ? signer.certificate.subjectKeyIdentifier : drawing.keyIdentifier
  const aki = { authorityCertIssuer: null, authorityCertSerialNumber: null }
  const all: ExtensionDrawing[] = []
  if (keyIdentifier)
    all.push({
      oid: '2.5.29.35',
      critical: false,
      value: encodeAuthorityKeyIdentifier({ ...aki, keyIdentifier }),
    })
  if (number !== null) all.push({ oid: '2.5.29.20', critical: false, value: integer(number) })
  if (base !== undefined) all.push({ oid: '2.5.29.27', critical: true, value: integer(base) })
  if (scope)
    all.push({
      oid: '2.5.29.28',
      critical: true,
      value: encodeIssuingDistributionPoint({ ...UNLIMITED, ...scope }),
    })
  return [...all, ...more].map((extension) =>
    encodeExtension({ ...extension, critical: critical[extension.oid] ?? extension.critical }),
  )
}

/** Makes an entry from its parts unchanged, for forms that no conforming issuer writes. */
export const rawEntry = (serialNumber: Uint8Array, ...extensions: ExtensionDrawing[]): Uint8Array =>
  seq(integerContent(serialNumber), time(days(-2)), seq(...extensions.map(encodeExtension)))

export const reason = (n: number): ExtensionDrawing => ({
  oid: '2.5.29.21',
  critical: false,
  value: enumerated(n),
})

export interface ResponseDrawing {
  readonly status?: CertStatus
  readonly thisUpdate?: Date
  readonly nextUpdate?: Date | null
  readonly producedAt?: Date
  readonly hash?: 'SHA-1' | 'SHA-256'
  readonly responderId?: 'byName' | 'byKey'
  /** Certificates sent along; by default the responder's own. */
  readonly certs?: readonly Drawn[]
  /** The certificate whose key the CertID names, if not the certificate's issuer. */
  readonly issuer?: Drawn
  /** The name that the CertID hashes, if not encoded as in the certificate. */
  readonly issuerName?: Uint8Array
  /** Written as the CertID's hash algorithm, whatever it is. */
  readonly hashAlgorithm?: string
  readonly more?: readonly ExtensionDrawing[]
  /** Changes the ResponseData before it is signed. */
  readonly alter?: (tbs: Uint8Array) => Uint8Array
  /** Written as the signature algorithm, whatever it is. */
  readonly algorithm?: Uint8Array
  readonly tamper?: (signature: Uint8Array) => Uint8Array
}

const HASHES = { 'SHA-1': '1.3.14.3.2.26', 'SHA-256': '2.16.840.1.101.3.4.2.1' } as const

/** Makes a response about `subject`, a certificate of `issuer`, signed by `responder`. */
export async function drawResponse(
  issuer: Drawn,
  subject: Drawn,
  responder: Drawn,
  drawing: ResponseDrawing = {},
): Promise<OcspResponse> {
  const { status = { status: 'good' }, thisUpdate = days(-1), nextUpdate = days(7), hash = 'SHA-1' } = drawing
  const { name, spki } = {
    name: drawing.issuerName ?? subject.certificate.issuer.der,
    spki: (drawing.issuer ?? issuer).certificate.spki,
  }
  const certId = {
    hashAlgorithm: drawing.hashAlgorithm ?? HASHES[hash],
    issuerNameHash: await digest(hash, name),
    issuerKeyHash: await digest(hash, spki.publicKey),
    serialNumber: subject.certificate.serialNumber,
  }
  const id = algorithmOf(responder)
  const data = encodeResponseData({
    responderId: await responderIdOf(responder, drawing.responderId ?? 'byKey'),
    producedAt: drawing.producedAt ?? thisUpdate,
    responses: [{ certId, certStatus: status, thisUpdate, nextUpdate }],
    responseExtensions: drawing.more ?? [],
  })
  const tbs = drawing.alter?.(data) ?? data
  const signature = await signTbs(responder.key, id, tbs)
  const certs = drawing.certs ?? (responder === issuer ? [] : [responder])
  return parseOcspResponse(
    encodeOcspResponse({
      tbs,
      signatureAlgorithm: drawing.algorithm ?? encodeSignatureAlgorithm(id),
      signature: drawing.tamper?.(signature) ?? signature,
      certs: certs.map(({ certificate }) => certificate.der),
    }),
  )
}

async function responderIdOf({ certificate }: Drawn, kind: ResponderId['kind']): Promise<ResponderId> {
  if (kind === 'byName') return { kind, name: certificate.subject }
  return { kind, keyHash: await digest('SHA-1', certificate.spki.publicKey) }
}

/** An unknown critical extension. */
export const UNKNOWN_CRITICAL: ExtensionDrawing = {
  oid: '1.2.3.4',
  critical: true,
  value: octetString(Uint8Array.of(1)),
}

/** Changes the last octet. */
export function flipLast(octets: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(octets)
  changed[changed.length - 1]! ^= 1
  return changed
}
