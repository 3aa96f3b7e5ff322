/** Things of the pile in full, when somebody looks into them. */
import { CodedError, isCodedError } from '../../errors.ts'
import { hexOctets, sameOctets } from '../../octets.ts'
import { digest, sha256Hex } from '../../webcrypto/signature.ts'
import { callingName } from '../../x509/calling-name.ts'
import { parseCertificate } from '../../x509/certificate.ts'
import type { CertificateList } from '../../x509/certificate-list.ts'
import { nameToText } from '../../x509/name.ts'
import type { OcspResponse, SingleResponse } from '../../x509/ocsp.ts'
import { attributeText, EXTENSION_REQUESTS, parseRequest } from '../../x509/request.ts'
import type { RevokedEntry } from '../../x509/revoked-entry.ts'
import { serialOf, serialText } from '../../x509/serial-number.ts'
import { verifySigned } from '../../x509/signed.ts'
import { parseSpkiDer } from '../../x509/spki.ts'
import type {
  EntryPage,
  EntryQuery,
  LookedCertificate,
  LookedInto,
  LookedKey,
  LookedList,
  LookedRequest,
  LookedResponse,
  OtherKind,
  PileThing,
  PileThings,
  ThingPlace,
} from '../../border/protocol/look-into.ts'
import { factsOf, keyAlgorithmOf } from '../shared/facts.ts'
import { own } from './own.ts'
import type { ValidateSession } from './session.ts'

const KINDS: readonly OtherKind[] = ['crl', 'ocspResponse', 'request', 'privateKey']
/** Octets shown of one thing; a list of a hundred thousand entries has millions. */
const MOST_OCTETS = 100_000
/** Certificates shown of one response, and names of one key. */
const MOST_SHOWN = 10

/** Returns a page of what is in the pile beside certificates. */
export function pileThings(
  session: ValidateSession,
  { offset, limit }: { offset: number; limit: number },
): PileThings {
  const all = KINDS.flatMap((kind) => session.items(kind).map((item, index) => ({ index, item })))
  const things = all.slice(offset, offset + limit).map(({ index, item }): PileThing => {
    const { kind, source } = item
    return { kind, index, source, ...lineOf(item) }
  })
  return { total: all.length, offset, things }
}

type OtherItem = ReturnType<typeof ValidateSession.prototype.items<OtherKind>>[number]

function lineOf(item: OtherItem): Pick<PileThing, 'name' | 'at'> {
  switch (item.kind) {
    case 'crl':
      return { name: nameToText(item.crl.issuer), at: item.crl.thisUpdate }
    case 'ocspResponse': {
      const { basic } = item.response
      if (!basic) return { name: '', at: null }
      const { responderId, producedAt } = basic
      return { name: responderId.kind === 'byName' ? nameToText(responderId.name) : '', at: producedAt }
    }
    case 'request':
      return { name: attempt(() => nameToText(parseRequest(item.der).subject)) ?? '', at: null }
    case 'privateKey':
      return { name: attempt(() => keyAlgorithmOf(parseSpkiDer(item.spki))) ?? item.keyType, at: null }
  }
}

/** Returns one thing in full. Rejects with what is wrong in it. */
export async function lookInto(session: ValidateSession, { kind, index }: ThingPlace): Promise<LookedInto> {
  switch (kind) {
    case 'certificate':
      return { kind, ...(await lookedCertificate(session.certificate(index).der)) }
    case 'crl':
      return lookedList(there(session.lists[index]))
    case 'ocspResponse':
      return lookedResponse(there(session.responses[index]))
    case 'request':
      return lookedRequest(there(session.items(kind)[index]).der)
    case 'privateKey':
      return lookedKey(session, there(session.items(kind)[index]).spki)
  }
}

/** What the pile held may have been cleared meanwhile. */
function there<T>(found: T | undefined): T {
  if (found === undefined) throw new CodedError('pile-nothing-found', null)
  return found
}

async function lookedCertificate(der: Uint8Array): Promise<LookedCertificate> {
  const certificate = parseCertificate(der.slice())
  return { der: certificate.der, name: callingName(certificate), facts: await factsOf(certificate) }
}

async function octetsOf(der: Uint8Array): Promise<Pick<LookedList, 'length' | 'der' | 'fingerprint'>> {
  const { length } = der
  const fingerprint = await sha256Hex(der)
  return { length, der: length > MOST_OCTETS ? null : der.slice(), fingerprint }
}

async function lookedList(crl: CertificateList): Promise<LookedList> {
  const { der, tbs: _tbs, signatureValue: _signature, revokedCertificates, findings: _found, ...list } = crl
  return { kind: 'crl', list: own(list), entries: revokedCertificates.count, ...(await octetsOf(der)) }
}

async function lookedResponse({ der, responseStatus, basic }: OcspResponse): Promise<LookedResponse> {
  const octets = await octetsOf(der)
  const sent = basic?.certs ?? []
  const certificates: LookedCertificate[] = []
  for (const each of sent.slice(0, MOST_SHOWN))
    try {
      certificates.push(await lookedCertificate(each))
    } catch (error) {
      if (!isCodedError(error)) throw error
    }
  const shown = basic && own(headOf(basic))
  return {
    kind: 'ocspResponse',
    status: responseStatus,
    basic: shown,
    entries: basic?.responses.length ?? 0,
    certificates,
    otherCertificates: sent.length - certificates.length,
    ...octets,
  }
}

const headOf = ({
  version,
  signatureAlgorithm,
  responderId,
  producedAt,
  responseExtensions,
}: NonNullable<OcspResponse['basic']>): NonNullable<LookedResponse['basic']> => ({
  version,
  signatureAlgorithm,
  responderId,
  producedAt,
  responseExtensions,
})

async function lookedRequest(der: Uint8Array): Promise<LookedRequest> {
  const request = parseRequest(der.slice())
  const verdict = await verifySigned(request, request.spki)
  const attributes = request.attributes
    .filter(({ oid }) => !EXTENSION_REQUESTS.includes(oid))
    .map(({ oid, values }) => ({
      oid,
      values: values.map((value) => ({ text: attributeText(value), der: value })),
    }))
  return {
    kind: 'request',
    request,
    attributes,
    possession: typeof verdict === 'string' ? verdict : 'unchecked',
    spkiHash: await digest('SHA-256', request.spki.der),
    ...(await octetsOf(request.der)),
  }
}

async function lookedKey({ certificates }: ValidateSession, spki: Uint8Array): Promise<LookedKey> {
  const same = certificates.filter(({ certificate }) => sameOctets(certificate.spki.der, spki))
  return {
    kind: 'privateKey',
    algorithm: keyAlgorithmOf(parseSpkiDer(spki)),
    spki: spki.slice(),
    spkiHash: await digest('SHA-256', spki),
    names: same.slice(0, MOST_SHOWN).map(({ certificate }) => nameToText(certificate.subject)),
    certificates: same.length,
  }
}

/** Returns a page of a list's entries or a response's answers; those with one serial number if it is given. */
export function entriesOf(session: ValidateSession, query: EntryQuery): EntryPage {
  const { kind, index, offset, limit } = query
  const wanted = serialWanted(query.serialNumber)
  if (kind === 'crl') {
    const { revokedCertificates: all } = there(session.lists[index])
    if (wanted !== null) return pageOf(revokedAs(all, wanted), query)
    const last = Math.min(all.count, offset + limit)
    const entries: RevokedEntry[] = []
    for (let at = Math.max(0, offset); at < last; at++) entries.push(all.at(at))
    return { total: all.count, offset, entries: own(entries) }
  }
  const answers: readonly SingleResponse[] = there(session.responses[index]).basic?.responses ?? []
  return pageOf(
    wanted === null ? answers : answers.filter(({ certId }) => serialOf(certId) === wanted),
    query,
  )
}

const pageOf = (
  all: readonly (RevokedEntry | SingleResponse)[],
  { offset, limit }: Pick<EntryQuery, 'offset' | 'limit'>,
): EntryPage => ({ total: all.length, offset, entries: own(all.slice(offset, offset + limit)) })

/** Null if none is asked for. */
function serialWanted(text: string): string | null {
  const digits = text.replace(/^\s*0x/i, '').replace(/[\s:]/g, '')
  if (digits === '') return null
  return serialText(digits.length % 2 === 0 ? digits : `0${digits}`)
}

/** A serial number as written may be the content of the INTEGER, or leave out the octet that keeps it positive. */
function revokedAs(all: CertificateList['revokedCertificates'], serial: string): RevokedEntry[] {
  return [serial, `00${serial}`].flatMap((hex) => {
    const content = hexOctets(hex)
    return content === null || content.length === 0 ? [] : all.find(content)
  })
}

function attempt<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (isCodedError(error)) return null
    throw error
  }
}
