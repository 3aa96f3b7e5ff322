import { Reader, TAG } from '../../../der/reader.ts'
import {
  bitString,
  enumerated,
  explicit,
  integer,
  integerContent,
  nul,
  oid,
  seq,
  time,
} from '../../../der/writer.ts'
import type { Der } from '../../../der/writer.ts'
import type { FindingCode } from '../../../findings.ts'
import { KEY_ALGORITHMS, schemeOf, SIGNATURES_OF } from '../../../webcrypto/algorithms.ts'
import type { SignatureScheme } from '../../../webcrypto/algorithms.ts'
import { digest, sign } from '../../../webcrypto/signature.ts'
import { parseCertificateList } from '../../../x509/certificate-list.ts'
import type { CertificateList } from '../../../x509/certificate-list.ts'
import { ecdsaFromRaw } from '../../../x509/ecdsa-signature.ts'
import type { ExtensionFields } from '../../../x509/encode.ts'
import { encodeAccessDescriptions } from '../../../x509/extensions/access-description.ts'
import { encodeAuthorityKeyIdentifier } from '../../../x509/extensions/authority-key-identifier.ts'
import type { DistributionPoint } from '../../../x509/extensions/distribution-points.ts'
import {
  encodeIssuingDistributionPoint,
  UNLIMITED,
} from '../../../x509/extensions/issuing-distribution-point.ts'
import type { KeyUsageBit } from '../../../x509/extensions/key-usage.ts'
import type { IssuingDistributionPoint } from '../../../x509/extensions/issuing-distribution-point.ts'
import { encodeName, nameFromDer } from '../../../x509/name.ts'
import { encodeExtension } from '../../../x509/extensions/table.ts'
import {
  ACCESS_METHOD_OIDS,
  EXTENSION_OIDS,
  LIST_EXTENSION_OIDS,
  ALGORITHM_OIDS,
  HASH_OIDS,
  EKU_OIDS,
} from '../../../x509/oids.ts'
import { encodeOcspResponse, encodeResponseData, parseOcspResponse } from '../../../x509/ocsp.ts'
import type { CertStatus, OcspResponse } from '../../../x509/ocsp.ts'
import { encodeRevokedEntry } from '../../../x509/revoked-entry.ts'
import type { CrlReason, RevokedEntryFields } from '../../../x509/revoked-entry.ts'
import { encodeSignatureAlgorithm } from '../../../x509/signature-algorithms.ts'
import { chainOf, CN, drawCa, drawRoot, drawServer, inDays, three } from './draw.ts'
import type { Chain, Drawn, Parts } from './draw.ts'

const AKI = EXTENSION_OIDS.authorityKeyIdentifier
const {
  cRLNumber: CRL_NUMBER,
  deltaCRLIndicator: DELTA_INDICATOR,
  issuingDistributionPoint: ISSUING_POINT,
} = LIST_EXTENSION_OIDS

/** How it differs from a current list that meets RFC 5280 §5; null omits a part. */
interface ListDrawing {
  /** Further entries, verbatim, after the one for `revoked`. */
  readonly entries?: readonly Uint8Array[]
  /** The field is present but has no entry. */
  readonly isEmpty?: boolean
  readonly revoked?: Drawn
  readonly reasonCode?: CrlReason
  readonly thisUpdate?: Date
  readonly nextUpdate?: Date | null
  readonly version?: 1 | 2 | 3
  /** Replace, or add to, the key identifier and the number. */
  readonly extensions?: readonly ExtensionFields[]
  readonly without?: readonly string[]
  readonly entryExtension?: ExtensionFields
  readonly signer?: Drawn
  /** The algorithm named inside and outside, and how it is signed. */
  readonly algorithm?: Der
  readonly outer?: Der
  readonly scheme?: SignatureScheme
  /** Changes the octets after signing. */
  readonly tamper?: (der: Uint8Array) => Uint8Array
}

const ECDSA_SHA1 = {
  algorithm: seq(oid(ALGORITHM_OIDS['ecdsa-with-SHA1'])),
  scheme: { kind: 'ecdsa', hash: 'SHA-1' } as const,
}
const scope = (over: Partial<IssuingDistributionPoint>): Uint8Array =>
  encodeIssuingDistributionPoint({ ...UNLIMITED, ...over })
const listedBy = (name: string): DistributionPoint => ({
  fullName: [{ kind: 'uniformResourceIdentifier', value: 'http://example.com/all.crl' }],
  nameRelativeToCRLIssuer: null,
  reasons: null,
  cRLIssuer: [{ kind: 'directoryName', name: nameFromDer(encodeName([CN(name)])) }],
})
const UNKNOWN: ExtensionFields = { oid: '1.2.3.4', critical: true, value: nul() }
const flipLast = (der: Uint8Array): Uint8Array => der.with(der.length - 1, der.at(-1)! ^ 1)

async function signed(
  signer: Drawn,
  tbs: Uint8Array,
  scheme: SignatureScheme = schemeOf(SIGNATURES_OF[KEY_ALGORITHMS[signer.algorithm].keyType][0]!),
): Promise<Uint8Array> {
  return ecdsaFromRaw(await sign(scheme, signer.privateKey, tbs))
}

const algorithmOf = (signer: Drawn): Der =>
  encodeSignatureAlgorithm(SIGNATURES_OF[KEY_ALGORITHMS[signer.algorithm].keyType][0]!)

/** Returns a revocation list of this authority. */
export async function drawList(authority: Drawn, drawing: ListDrawing = {}): Promise<CertificateList> {
  const { thisUpdate = inDays(-1), nextUpdate = inDays(6), version = 2, signer = authority } = drawing
  const algorithm = drawing.algorithm ?? algorithmOf(signer)
  const entries = [
    ...(drawing.revoked ? [entryOf(drawing.revoked, drawing)] : []),
    ...(drawing.entries ?? []),
  ]
  const tbs = seq(
    ...(version >= 2 ? [integer(version - 1)] : []),
    algorithm,
    authority.certificate.subject.der,
    time(thisUpdate),
    ...(nextUpdate ? [time(nextUpdate)] : []),
    ...(entries.length > 0 || drawing.isEmpty ? [seq(...entries)] : []),
    ...(version >= 2 ? [explicit(0, seq(...listExtensions(signer, drawing).map(encodeExtension)))] : []),
  )
  const signature = await signed(signer, tbs, drawing.scheme)
  const der = seq(tbs, drawing.outer ?? algorithm, bitString(signature))
  return parseCertificateList(drawing.tamper?.(der) ?? der)
}

function entryOf(
  { certificate: { serialNumber } }: Drawn,
  { reasonCode, entryExtension }: ListDrawing,
): Uint8Array {
  const revocationDate = inDays(-2)
  return entryExtension
    ? seq(integerContent(serialNumber), time(revocationDate), seq(encodeExtension(entryExtension)))
    : encodeRevokedEntry({ serialNumber, revocationDate, ...(reasonCode ? { reasonCode } : {}) })
}

function listExtensions(signer: Drawn, { extensions = [], without = [] }: ListDrawing): ExtensionFields[] {
  const usual: ExtensionFields[] = [
    {
      oid: AKI,
      critical: false,
      value: encodeAuthorityKeyIdentifier({
        keyIdentifier: signer.keyIdentifier,
        authorityCertIssuer: null,
        authorityCertSerialNumber: null,
      }),
    },
    { oid: CRL_NUMBER, critical: false, value: integer(1) },
  ]
  const others = new Set([...without, ...extensions.map((each) => each.oid)])
  return [...usual.filter((each) => !others.has(each.oid)), ...extensions]
}

/** A chain of three with its lists, the issuing CA's list drawn as given. */
const withLists =
  (list: (target: Drawn) => ListDrawing | Promise<ListDrawing>, parts: Parts = {}) =>
  async (): Promise<Chain> => {
    const [top, ca, target] = await three(parts)
    const crls = [await drawList(top), await drawList(ca, await list(target))]
    return { ...chainOf([top, ca, target], { revocation: 'require', profile: 'rfc5280' }), crls }
  }

const list = (drawing: ListDrawing): (() => Promise<Chain>) => withLists(() => drawing)

interface ResponseDrawing {
  readonly producedAt?: Date
  readonly status?: CertStatus
  readonly thisUpdate?: Date
  readonly nextUpdate?: Date
  readonly extension?: ExtensionFields
  readonly responder?: Drawn
  readonly isSent?: boolean
  readonly algorithm?: Der
  readonly scheme?: SignatureScheme
  /** Changes the ResponseData before it is signed. */
  readonly alter?: (tbs: Uint8Array) => Uint8Array
  readonly tamper?: (signature: Uint8Array) => Uint8Array
}

/** Returns the response for `target` by `ca`'s responder. */
export async function drawResponse(
  ca: Drawn,
  target: Drawn,
  drawing: ResponseDrawing,
): Promise<OcspResponse> {
  const { thisUpdate = inDays(-1), nextUpdate = inDays(6), responder = ca, isSent = true } = drawing
  const data = encodeResponseData({
    responderId: { kind: 'byKey', keyHash: await digest('SHA-1', responder.certificate.spki.publicKey) },
    producedAt: drawing.producedAt ?? thisUpdate,
    responses: [
      {
        certId: {
          hashAlgorithm: HASH_OIDS['SHA-1'],
          issuerNameHash: await digest('SHA-1', target.certificate.issuer.der),
          issuerKeyHash: await digest('SHA-1', ca.certificate.spki.publicKey),
          serialNumber: target.certificate.serialNumber,
        },
        certStatus: drawing.status ?? { status: 'good' },
        thisUpdate,
        nextUpdate,
      },
    ],
    responseExtensions: drawing.extension ? [drawing.extension] : [],
  })
  const tbs = drawing.alter?.(data) ?? data
  const signature = await signed(responder, tbs, drawing.scheme)
  return parseOcspResponse(
    encodeOcspResponse({
      tbs,
      signatureAlgorithm: drawing.algorithm ?? algorithmOf(responder),
      signature: drawing.tamper?.(signature) ?? signature,
      certs: responder === ca || !isSent ? [] : [responder.certificate.der],
    }),
  )
}

/** Allows a CA to sign its own responses. */
const ANSWERING: readonly KeyUsageBit[] = ['digitalSignature', 'keyCertSign', 'cRLSign']

/** A chain of three with the root's list and a response for the server, drawn as given. */
const withResponse =
  (draw: (ca: Drawn) => ResponseDrawing | Promise<ResponseDrawing>, bits = ANSWERING) =>
  async (): Promise<Chain> => {
    const [top, ca, target] = await three({ ca: { extensions: { keyUsage: new Set(bits) } } })
    const ocspResponses = [await drawResponse(ca, target, await draw(ca))]
    return {
      ...chainOf([top, ca, target], { revocation: 'require' }),
      crls: [await drawList(top)],
      ocspResponses,
    }
  }

const response = (drawing: ResponseDrawing): (() => Promise<Chain>) => withResponse(() => drawing)
const drawResponder = (ca: Drawn, purpose: string): Promise<Drawn> =>
  drawServer(ca, {
    subject: [CN('Example Responder')],
    extensions: { extKeyUsage: [purpose], subjectAltName: null },
  })

const numbered = (value: Uint8Array): ExtensionFields => ({ oid: CRL_NUMBER, critical: false, value })
const entry = (serial: number, over: Partial<RevokedEntryFields> = {}): Uint8Array =>
  encodeRevokedEntry({ serialNumber: Uint8Array.of(serial), revocationDate: inDays(-2), ...over })
/** An entry whose reason is encoded as our encoder never does. */
const odd = (serial: number, reason: Omit<ExtensionFields, 'oid'>): Uint8Array =>
  seq(
    integerContent(Uint8Array.of(serial)),
    time(inDays(-2)),
    seq(encodeExtension({ oid: LIST_EXTENSION_OIDS.reasonCode, ...reason })),
  )
/** Validated by the Baseline Requirements, of which it breaks one. */
const publicList = (drawing: ListDrawing) => async (): Promise<Chain> => {
  const chain = await withLists(() => drawing, { asked: { profile: 'webpki' } })()
  return { ...chain, asked: { revocation: 'require', profile: 'webpki' } }
}

/** A failing list or response is reported next to the finding that the status is unknown. */
export const REVOCATION_CHAINS: { readonly [C in FindingCode]?: () => Promise<Chain> } = {
  revoked: withLists((revoked) => ({ revoked, reasonCode: 'keyCompromise' })),
  'on-hold': withLists((revoked) => ({ revoked, reasonCode: 'certificateHold' })),
  'crl-stale': list({ thisUpdate: inDays(-10), nextUpdate: inDays(-3) }),
  'crl-not-yet-valid': list({ thisUpdate: inDays(1) }),
  'crl-signature-invalid': list({ tamper: flipLast }),
  'crl-signature-sha1': list(ECDSA_SHA1),
  'crl-signature-algorithm-mismatch': list({ outer: seq(oid(ALGORITHM_OIDS['ecdsa-with-SHA384'])) }),
  'crl-sign-missing': withLists(() => ({}), {
    ca: { extensions: { keyUsage: new Set(['keyCertSign']) } },
  }),
  'crl-issuer-missing': async () => {
    // Its list is signed by another CA, whose certificate is not available.
    const [top, ca, target] = await three({
      target: { extensions: { cRLDistributionPoints: [listedBy('Example List CA')] } },
    })
    const other = await drawCa(top, {}, 'Example List CA')
    const indirect = { oid: ISSUING_POINT, critical: true, value: scope({ indirectCRL: true }) }
    const crls = [await drawList(top), await drawList(other, { extensions: [indirect] })]
    return { ...chainOf([top, ca, target], { revocation: 'require' }), crls }
  },
  'crl-issuer-untrusted': async () => {
    // Its list is signed by a CA of the same name, below an untrusted root.
    const [top, ca, target] = await three({})
    const stranger = await drawCa(await drawRoot({ subject: [CN('Another Root')] }))
    const crls = [await drawList(top), await drawList(stranger)]
    const chain = chainOf([top, ca, target], { revocation: 'require' })
    return { ...chain, intermediates: [...chain.intermediates, stranger.certificate], crls }
  },
  'crl-critical-extension-unknown': list({ extensions: [UNKNOWN] }),
  'crl-entry-critical-extension-unknown': withLists((revoked) => ({ revoked, entryExtension: UNKNOWN })),
  'crl-delta-without-base': list({
    extensions: [
      { oid: CRL_NUMBER, critical: false, value: integer(2) },
      { oid: DELTA_INDICATOR, critical: true, value: integer(1) },
    ],
  }),
  'listed-on-unusable': withLists((revoked) => ({ revoked, extensions: [UNKNOWN] })),
  'crl-version-1': list({ version: 1 }),
  'crl-version-unknown': list({ version: 3 }),
  'crl-scope-empty': list({ extensions: [{ oid: ISSUING_POINT, critical: true, value: seq() }] }),
  'crl-signature-algorithm-parameters': list({
    algorithm: seq(oid(ALGORITHM_OIDS['ecdsa-with-SHA256']), nul()),
  }),
  'crl-entries-empty': list({ isEmpty: true }),
  'crl-number-negative': list({ extensions: [numbered(integer(-1))] }),
  'crl-number-too-long': list({ extensions: [numbered(integerContent(new Uint8Array(21).fill(1)))] }),
  'crl-dates-reversed': list({ nextUpdate: inDays(-2) }),
  'crl-uri': list({
    extensions: [
      {
        oid: EXTENSION_OIDS.authorityInfoAccess,
        critical: false,
        value: encodeAccessDescriptions([
          {
            method: ACCESS_METHOD_OIDS.caIssuers,
            location: { kind: 'uniformResourceIdentifier', value: 'localhost' },
          },
        ]),
      },
    ],
  }),
  'crl-entry-imperfect': list({ entries: [odd(7, { critical: false, value: enumerated(7) })] }),
  'crl-entry-repeated': list({ entries: [entry(7), entry(7)] }),
  'crl-entry-after-list': list({ entries: [entry(7, { revocationDate: inDays(-0.5) })] }),
  'crl-entry-long-ago': list({ entries: [entry(7, { revocationDate: new Date('1998-06-01T00:00:00Z') })] }),
  'crl-entry-criticality': list({ entries: [odd(7, { critical: true, value: enumerated(1) })] }),
  'crl-entry-reason-unspecified': list({ entries: [odd(7, { critical: false, value: enumerated(0) })] }),
  'br-crl-aki-issuer-and-serial': publicList({
    extensions: [
      {
        oid: AKI,
        critical: false,
        value: encodeAuthorityKeyIdentifier({
          keyIdentifier: Uint8Array.of(1),
          authorityCertIssuer: [
            { kind: 'directoryName', name: nameFromDer(encodeName([CN('Example Root')])) },
          ],
          authorityCertSerialNumber: Uint8Array.of(1),
        }),
      },
    ],
  }),
  'br-crl-too-long': publicList({ nextUpdate: inDays(30) }),
  'br-crl-reason': publicList({ entries: [entry(7, { reasonCode: 'certificateHold' })] }),
  'crl-next-update-missing': list({ nextUpdate: null }),
  'crl-number-missing': list({ without: [CRL_NUMBER] }),
  'crl-authority-key-identifier-missing': list({ without: [AKI] }),
  'crl-extension-critical': list({ extensions: [{ oid: CRL_NUMBER, critical: true, value: integer(1) }] }),
  'crl-extension-not-critical': list({
    extensions: [{ oid: ISSUING_POINT, critical: false, value: scope({ onlyContainsUserCerts: true }) }],
  }),
  'ocsp-stale': response({ thisUpdate: inDays(-10), nextUpdate: inDays(-3) }),
  'ocsp-not-yet-valid': response({ thisUpdate: inDays(1) }),
  'ocsp-version-unknown': response({
    alter: (tbs) => seq(explicit(0, integer(1)), new Reader(tbs).content()),
  }),
  // Before thisUpdate, the tag of the status becomes an undefined one.
  'ocsp-status-unreadable': response({
    alter: (tbs) => tbs.with(tbs.lastIndexOf(TAG.GENERALIZED_TIME, -36) - 2, 0x83),
  }),
  // Its last date loses the Z.
  'ocsp-answer-imperfect': response({ alter: (tbs) => tbs.with(tbs.lastIndexOf(0x5a), 0x30) }),
  'ocsp-produced-at': response({ producedAt: inDays(-300) }),
  'ocsp-unknown': response({ status: { status: 'unknown' } }),
  'ocsp-signature-invalid': response({ tamper: flipLast }),
  'ocsp-signature-sha1': response(ECDSA_SHA1),
  'ocsp-responder-missing': withResponse(async (ca) => ({
    responder: await drawResponder(ca, EKU_OIDS.OCSPSigning),
    isSent: false,
  })),
  'ocsp-responder-not-authorized': withResponse(async (ca) => ({
    responder: await drawResponder(ca, EKU_OIDS.serverAuth),
  })),
  'ocsp-signer-key-usage': withResponse(() => ({}), ['keyCertSign', 'cRLSign']),
  'ocsp-critical-extension-unknown': response({ extension: UNKNOWN }),
}
