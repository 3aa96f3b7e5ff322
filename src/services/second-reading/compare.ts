/** Whether our reading of what is about to be stored and that of the second reader (PKI.js) are the same. */
import type { SecondReading } from '../../../witness/second-reading.ts'
import type { ReadField } from '../../errors.ts'
import { hexOf } from '../../octets.ts'
import { subjectCalled } from '../../x509/calling-name.ts'
import { parseCertificate, type Certificate, type Signed } from '../../x509/certificate.ts'
import { parseCertificateList, type CertificateList } from '../../x509/certificate-list.ts'
import type { Extension } from '../../x509/extensions/values.ts'
import type { Attribute, Name } from '../../x509/name.ts'
import { parseOcspResponse, type BasicOcspResponse, type SingleResponse } from '../../x509/ocsp.ts'
import { parseRequest, type CertificationRequest } from '../../x509/request.ts'
import { CRL_REASONS, type RevokedEntry } from '../../x509/revoked-entry.ts'

export type ReadKind = SecondReading['kind']

/** Without empty ones, which some writers leave and which name nothing. */
const rdnsOf = ({ rdns }: Name): string[] =>
  rdns
    .filter((attributes) => attributes.length > 0)
    .map((attributes) => attributes.map(attributeText).join(' + '))

const attributeText = ({ oid, tag, value }: Attribute): string =>
  `${oid} ${hexOf(Uint8Array.of(tag))} ${hexOf(value)}`

export interface Difference {
  readonly field: ReadField
  /** Whose it is. */
  readonly name: string
}

/** Returns the first field that the two read differently; null if there is none. */
export function differenceIn(
  der: Uint8Array,
  theirs: SecondReading,
  parsed?: Certificate,
): Difference | null {
  const { name, ours } = READERS[theirs.kind](der, parsed)
  const field = FIELDS.find((field) => !isSame(field, ours, theirs))
  return field === undefined ? null : { field, name }
}

function isSame(field: ReadField, ours: SecondReading, theirs: SecondReading): boolean {
  // Those of a second attribute are set aside by ours, so that the order may be another.
  if (theirs.kind === 'request' && field === 'extensions')
    return JSON.stringify(ours.extensions.toSorted()) === JSON.stringify(theirs.extensions.toSorted())
  // As JSON, one attribute with a comma is not two.
  return JSON.stringify(ours[field]) === JSON.stringify(theirs[field])
}

// In the order in which a reader would look.
const FIELDS: readonly ReadField[] = [
  'subject',
  'issuer',
  'serial',
  'from',
  'until',
  'spki',
  'extensions',
  'entries',
  'signed',
  'algorithm',
  'signature',
]

interface Read {
  readonly name: string
  readonly ours: SecondReading
}

const READERS: Readonly<Record<ReadKind, (der: Uint8Array, parsed?: Certificate) => Read>> = {
  certificate: (der, parsed = parseCertificate(der)) => ({
    name: subjectCalled(parsed),
    ours: certificateReading(parsed),
  }),
  request: (der) => {
    const request = parseRequest(der)
    return { name: subjectCalled(request), ours: requestReading(request) }
  },
  response: (der) => {
    const { basic } = parseOcspResponse(der)
    if (!basic) throw new Error('a response that answers nothing is not signed')
    return { name: serialText(basic), ours: responseReading(basic) }
  },
  list: (der) => {
    const list = parseCertificateList(der)
    const name = subjectCalled({ subject: list.issuer, subjectAltName: null })
    return { name, ours: listReading(list) }
  },
}

function certificateReading(certificate: Certificate): SecondReading {
  const { subject, issuer, serialNumber, notBefore, notAfter, spki, extensions } = certificate
  return {
    kind: 'certificate',
    subject: rdnsOf(subject),
    issuer: rdnsOf(issuer),
    serial: hexOf(serialNumber),
    from: notBefore.getTime(),
    until: notAfter.getTime(),
    spki: hexOf(spki.der),
    extensions: extensions.map(extension),
    entries: [],
    ...signature(certificate),
  }
}

/** Extensions of Microsoft's attribute, and repeated ones, are among ours too. */
function requestReading(request: CertificationRequest): SecondReading {
  const { subject, spki, extensions, setAside } = request
  return {
    kind: 'request',
    subject: rdnsOf(subject),
    issuer: null,
    serial: null,
    from: null,
    until: null,
    spki: hexOf(spki.der),
    extensions: [...extensions, ...setAside].map(extension),
    entries: [],
    ...signature(request),
  }
}

function listReading(list: CertificateList): SecondReading {
  const { issuer, thisUpdate, nextUpdate, extensions, revokedCertificates } = list
  return {
    kind: 'list',
    subject: null,
    issuer: rdnsOf(issuer),
    serial: null,
    from: thisUpdate.getTime(),
    until: nextUpdate && nextUpdate.getTime(),
    spki: null,
    extensions: extensions.map(extension),
    entries: Array.from(revokedCertificates, entry),
    ...signature(list),
  }
}

function responseReading(basic: BasicOcspResponse): SecondReading {
  const { responderId, producedAt, responses, responseExtensions } = basic
  return {
    kind: 'response',
    ...{ subject: null, issuer: null, serial: null, until: null, spki: null },
    from: producedAt.getTime(),
    extensions: responseExtensions.map(extension),
    entries: [responderId.kind === 'byKey' ? hexOf(responderId.keyHash) : '', ...responses.map(answer)],
    ...signature(basic),
  }
}

function answer({ certId, certStatus, thisUpdate, nextUpdate, singleExtensions }: SingleResponse): string {
  const { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber } = certId
  return [
    hashAlgorithm.oid,
    ...[issuerNameHash, issuerKeyHash, serialNumber].map(hexOf),
    statusText(certStatus),
    String(thisUpdate.getTime()),
    String(nextUpdate?.getTime() ?? ''),
    ...singleExtensions.map(extension),
  ].join(' ')
}

function statusText(status: SingleResponse['certStatus']): string {
  if (status.status !== 'revoked') return status.status
  const { revocationTime, revocationReason } = status
  const code = revocationReason === null ? '' : hexOf(Uint8Array.of(CRL_REASONS.indexOf(revocationReason)))
  return `revoked ${String(revocationTime?.getTime())} ${code}`
}

const serialText = ({ responses: [first] }: BasicOcspResponse): string =>
  first ? hexOf(first.certId.serialNumber) : ''

function entry({ serialNumber, revocationDate, reasonCode, extensions }: RevokedEntry): string {
  const reason = reasonCode === null ? '' : String(CRL_REASONS.indexOf(reasonCode))
  const time = String(revocationDate?.getTime())
  return [hexOf(serialNumber), time, reason, ...extensions.map(extension)].join(' ')
}

const extension = ({ oid, critical, value }: Extension): string =>
  `${oid} ${String(critical)} ${hexOf(value)}`

const signature = ({ tbs, signatureAlgorithm, signatureValue }: Signed) => ({
  signed: hexOf(tbs),
  algorithm: `${signatureAlgorithm.oid} ${hexOf(signatureAlgorithm.parameters ?? new Uint8Array())}`,
  signature: hexOf(signatureValue),
})
