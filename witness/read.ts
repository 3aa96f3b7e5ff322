/** From octets to facts, with PKI.js and asn1js only: a second reader that shares nothing with the first. */
import type { BaseBlock } from 'asn1js'
import { fromBER } from 'asn1js'
import * as pkijs from 'pkijs'
import { extensionText } from './extensions.ts'
import { nameFacts, type NamePart } from './name.ts'
import { CURVES, EC, KEYS, RSA, RSA_PSS } from './names.ts'
import type { NotReadReason } from './not-read.ts'
import { hex } from './text.ts'

export type Kind = 'certificate' | 'request' | 'list'

export interface KeyFacts {
  readonly oid: string
  /** "RSA, 2048 bits", "EC, P-256", "Ed25519", or the OID. */
  readonly text: string
  /** Of an RSA modulus or a curve; null if unknown. */
  readonly bits: number | null
  /** The SubjectPublicKeyInfo, verbatim. */
  readonly spki: Uint8Array<ArrayBuffer>
}

export interface ExtensionFacts {
  readonly oid: string
  readonly critical: boolean
  readonly value: Uint8Array
  /** The value in words; null if there are none for it. */
  readonly text: string | null
}

/** One entry of a list. */
export interface EntryFacts {
  /** Content of the INTEGER in hex. */
  readonly serial: string
  readonly at: Date
  /** The number of its reasonCode; null without one. */
  readonly reason: number | null
  readonly extensions: readonly ExtensionFacts[]
}

/** The signed content, and the signature. */
export interface SignedFacts {
  readonly tbs: Uint8Array<ArrayBuffer>
  readonly algorithm: pkijs.AlgorithmIdentifier
  /** The algorithm inside the signed content, which must be the same; null for a request, which has none. */
  readonly innerOid: string | null
  readonly signature: pkijs.CertificationRequest['signatureValue']
}

export interface Facts {
  readonly kind: Kind
  readonly subject: readonly NamePart[] | null
  readonly issuer: readonly NamePart[] | null
  /** Content of the INTEGER in hex. */
  readonly serial: string | null
  /** notBefore and notAfter, or thisUpdate and nextUpdate. */
  readonly from: Date | null
  readonly until: Date | null
  readonly key: KeyFacts | null
  readonly extensions: readonly ExtensionFacts[]
  readonly entries: readonly EntryFacts[]
  readonly signed: SignedFacts
}

export type Reading = { readonly facts: Facts } | { readonly notRead: NotReadReason }

export const MOST_ENTRIES = 10_000
// An entry with two extensions has twelve nodes or fewer.
const LIMITS = { maxDepth: 40, maxNodes: 13 * MOST_ENTRIES, maxContentLength: 16 * 1024 * 1024 }

/** Reads one certificate, request or list; `expected` if a PEM label gives the kind. Never throws. */
export function read(der: Uint8Array<ArrayBuffer>, expected: Kind | null = null): Reading {
  try {
    const { result, offset } = fromBER(der, LIMITS)
    // More nodes than the longest list has: nothing else this page reads is so large.
    if (offset === -1 && /node count/i.test(result.error)) return { notRead: 'long' }
    if (offset !== der.length) return { notRead: 'ber' }
    for (const kind of expected ? [expected] : KINDS) {
      const facts = attempt(kind, result)
      if (facts) return facts.entries.length > MOST_ENTRIES ? { notRead: 'long' } : { facts }
    }
  } catch {
    // Octets that asn1js refuses.
  }
  return { notRead: 'ber' }
}

const KINDS: readonly Kind[] = ['certificate', 'list', 'request']

function attempt(kind: Kind, root: BaseBlock): Facts | null {
  try {
    return READERS[kind](root)
  } catch {
    return null
  }
}

const READERS: Readonly<Record<Kind, (root: BaseBlock) => Facts>> = {
  certificate: (root) => {
    const certificate = new pkijs.Certificate({ schema: root })
    const { issuer, subject, serialNumber, notBefore, notAfter, extensions } = certificate
    const fields = fieldsUnder(root)
    // The version is present only if it is not v1.
    const spki = fields[fields[0]!.idBlock.tagClass === 3 ? 6 : 5]!
    return {
      kind: 'certificate',
      subject: nameFacts(subject),
      issuer: nameFacts(issuer),
      serial: hex(serialNumber.valueBlock.valueHexView),
      from: notBefore.value,
      until: notAfter.value,
      key: keyFacts(certificate.subjectPublicKeyInfo, spki),
      extensions: extensionFacts(extensions),
      entries: [],
      signed: signedFacts(certificate, certificate.signature.algorithmId),
    }
  },
  request: (root) => {
    const request = new pkijs.CertificationRequest({ schema: root })
    return {
      kind: 'request',
      subject: nameFacts(request.subject),
      issuer: null,
      serial: null,
      from: null,
      until: null,
      key: keyFacts(request.subjectPublicKeyInfo, fieldsUnder(root)[2]!),
      extensions: extensionFacts(requestedExtensions(request)),
      entries: [],
      signed: signedFacts(request, null),
    }
  },
  list: (root) => {
    const list = new pkijs.CertificateRevocationList({ schema: root })
    return {
      kind: 'list',
      subject: null,
      issuer: nameFacts(list.issuer),
      serial: null,
      from: list.thisUpdate.value,
      until: list.nextUpdate?.value ?? null,
      key: null,
      extensions: extensionFacts(list.crlExtensions?.extensions),
      entries: (list.revokedCertificates ?? []).map(entryFacts),
      signed: signedFacts(list, list.signature.algorithmId),
    }
  },
}

const REASON_CODE = '2.5.29.21'

const entryFacts = ({
  userCertificate,
  revocationDate,
  crlEntryExtensions,
}: pkijs.RevokedCertificate): EntryFacts => {
  const reason = crlEntryExtensions?.extensions.find(({ extnID }) => extnID === REASON_CODE)
  return {
    serial: hex(userCertificate.valueBlock.valueHexView),
    at: revocationDate.value,
    reason: reason?.extnValue.valueBlock.valueHexView.at(-1) ?? null,
    extensions: extensionFacts(crlEntryExtensions?.extensions),
  }
}

/** RFC 2985's, and Microsoft's. */
const EXTENSION_REQUESTS = ['1.2.840.113549.1.9.14', '1.3.6.1.4.1.311.2.1.14']

function requestedExtensions({ attributes = [] }: pkijs.CertificationRequest): pkijs.Extension[] {
  return attributes
    .filter(({ type }) => EXTENSION_REQUESTS.includes(type))
    .flatMap(({ values }) => values as BaseBlock[])
    .flatMap((schema) => new pkijs.Extensions({ schema }).extensions)
}

const children = (block: BaseBlock): BaseBlock[] =>
  (block as unknown as { valueBlock: { value: BaseBlock[] } }).valueBlock.value

const fieldsUnder = (root: BaseBlock): BaseBlock[] => children(children(root)[0]!)

type Signed = Pick<pkijs.CertificationRequest, 'tbsView' | 'signatureAlgorithm' | 'signatureValue'>

const signedFacts = (
  { tbsView, signatureAlgorithm, signatureValue }: Signed,
  innerOid: string | null,
): SignedFacts => ({
  tbs: tbsView.slice(),
  algorithm: signatureAlgorithm,
  innerOid,
  signature: signatureValue,
})

const extensionFacts = (extensions: readonly pkijs.Extension[] = []): ExtensionFacts[] =>
  extensions.map(({ extnID, critical, extnValue }) => {
    const value = extnValue.valueBlock.valueHexView
    return { oid: extnID, critical, value, text: extensionText(extnID, value) }
  })

function keyFacts(info: pkijs.PublicKeyInfo, block: BaseBlock): KeyFacts {
  const oid = info.algorithm.algorithmId
  return { oid, ...keySize(info, oid), spki: block.valueBeforeDecodeView.slice() }
}

function keySize(info: pkijs.PublicKeyInfo, oid: string): Pick<KeyFacts, 'text' | 'bits'> {
  const name = KEYS[oid] ?? oid
  try {
    if (oid === RSA || oid === RSA_PSS) {
      const bits = rsaBits(info.subjectPublicKey.valueBlock.valueHexView)
      return { text: `${name}, ${bits} bits`, bits }
    }
    if (oid === EC) {
      const oidOfCurve = (info.algorithm.algorithmParams as { getValue(): string }).getValue()
      const curve = CURVES[oidOfCurve]
      if (!curve) return { text: `${name}, curve ${oidOfCurve}`, bits: null }
      return { text: `${name}, ${curve.name}`, bits: curve.bits }
    }
    return { text: name, bits: null }
  } catch {
    return { text: `${name}, its size or curve is not read`, bits: null }
  }
}

function rsaBits(octets: Uint8Array): number {
  const { modulus } = pkijs.RSAPublicKey.fromBER(octets.slice())
  const digits = hex(modulus.valueBlock.valueHexView)
  return BigInt(`0x${digits}`).toString(2).length
}
