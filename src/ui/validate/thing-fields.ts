/** Lists, responses, requests and keys as rows of fields. */
import { messages, type Messages } from '../../messages/messages.ts'
import { algorithmName } from '../../messages/called.ts'
import type {
  LookedEntry,
  LookedKey,
  LookedList,
  LookedRequest,
  LookedResponse,
} from '../../border/protocol/look-into.ts'
import { bigIntOf, colons, hexOf } from '../../octets.ts'
import type { IssuingDistributionPoint } from '../../x509/extensions/issuing-distribution-point.ts'
import type { Extension } from '../../x509/extensions/values.ts'
import { generalNameLine } from '../../x509/general-name-text.ts'
import { LIST_EXTENSION_OIDS, OCSP_OIDS, oidName } from '../../x509/oids.ts'
import type { SingleResponse } from '../../x509/ocsp.ts'
import type { RevokedEntry } from '../../x509/revoked-entry.ts'
import {
  extensionRow,
  keyRows,
  label as certificateLabel,
  named,
  nameRows,
  octets,
  points,
  timestampLines,
  type FieldRow,
} from '../certificate/certificate-fields.ts'

const words = (): Messages['ui']['lookInto'] => messages().ui.lookInto
const label = (field: string): string => words().field[field] ?? certificateLabel(field)
const second = (date: Date): string => messages().format.second(date)
const version = (n: number): FieldRow => ({
  label: label('version'),
  values: [messages().ui.certificate.values.version(n)],
})
const algorithm = ({ signatureAlgorithm }: Pick<LookedList['list'], 'signatureAlgorithm'>): FieldRow => ({
  label: label('signatureAlgorithm'),
  values: [named(signatureAlgorithm.oid)],
})

export type Looked = LookedList | LookedResponse | LookedRequest | LookedKey

/** Returns every field of a thing that was added, in the order of its bytes. */
export function thingFields(thing: Looked): readonly FieldRow[] {
  switch (thing.kind) {
    case 'crl':
      return listFields(thing)
    case 'ocspResponse':
      return responseFields(thing)
    case 'request':
      return requestFields(thing)
    case 'privateKey':
      return keyFields(thing)
  }
}

function listFields({ list }: LookedList): FieldRow[] {
  return [
    version(list.version),
    algorithm(list),
    { label: label('issuer'), values: nameRows(list.issuer) },
    { label: label('thisUpdate'), values: [second(list.thisUpdate)] },
    { label: label('nextUpdate'), values: [list.nextUpdate ? second(list.nextUpdate) : words().none] },
    ...list.extensions.map((extension) => listExtensionRow(list, extension)),
  ]
}

function listExtensionRow(list: LookedList['list'], extension: Extension): FieldRow {
  const { oid, critical } = extension
  const values = listValues(list, oid)
  return values === null
    ? extensionRow(list, extension)
    : { label: label(oidName(oid) ?? oid), oid, critical, values }
}

/** The values of extensions that only lists have; null for others, and where they cannot be read. */
function listValues(list: LookedList['list'], oid: string): string[] | null {
  const { cRLNumber, deltaCRLIndicator, issuingDistributionPoint } = list
  if (oid === LIST_EXTENSION_OIDS.cRLNumber) return cRLNumber && [numberText(cRLNumber)]
  if (oid === LIST_EXTENSION_OIDS.deltaCRLIndicator)
    return deltaCRLIndicator && [words().base(numberText(deltaCRLIndicator))]
  if (oid === LIST_EXTENSION_OIDS.issuingDistributionPoint)
    return issuingDistributionPoint && scopeText(issuingDistributionPoint)
  return null
}

/** RFC 5280 §5.2.3: at most 20 octets; a longer or negative one stays in hexadecimal. */
const numberText = (content: Uint8Array): string =>
  content.length > 20 || content[0]! >= 0x80 ? octets(content) : String(bigIntOf(content))

function scopeText(scope: IssuingDistributionPoint): string[] {
  const { scope: limits, onlySomeReasons } = words()
  const { distributionPoint } = scope
  const flags = Object.keys(limits) as (keyof typeof limits)[]
  return [
    ...(distributionPoint ? points([{ ...distributionPoint, reasons: null, cRLIssuer: null }]) : []),
    ...flags.filter((flag) => scope[flag]).map((flag) => limits[flag]),
    ...(scope.onlySomeReasons ? [onlySomeReasons(messages().format.series([...scope.onlySomeReasons]))] : []),
  ]
}

function responseFields({ status, basic }: LookedResponse): FieldRow[] {
  const head = { label: label('status'), values: [status] }
  if (!basic) return [head]
  const { responderId, producedAt, responseExtensions } = basic
  const responder =
    responderId.kind === 'byName'
      ? nameRows(responderId.name)
      : [words().keyHash(octets(responderId.keyHash))]
  return [
    head,
    version(basic.version),
    { label: label('responder'), values: responder },
    { label: label('producedAt'), values: [second(producedAt)] },
    ...responseExtensions.map((extension) => otherExtensionRow(extension)),
    algorithm(basic),
  ]
}

function otherExtensionRow(extension: Extension): FieldRow {
  const row = extensionRow({}, extension)
  return { ...row, label: label(oidName(extension.oid) ?? extension.oid) }
}

function requestFields({ request, attributes }: LookedRequest): FieldRow[] {
  const { wanted, setAside } = words()
  const row = (extension: Extension, called: (name: string) => string): FieldRow => {
    const { label: name, ...rest } = extensionRow(request, extension)
    return { ...rest, label: called(name) }
  }
  return [
    version(request.version),
    { label: label('subject'), values: nameRows(request.subject) },
    { label: label('subjectPublicKeyInfo'), values: keyRows(request.spki) },
    ...attributes.map(({ oid, values }) => ({
      label: label(oidName(oid) ?? oid),
      oid,
      values: values.map(({ text, der }) => text ?? octets(der)),
      mono: values.some(({ text }) => text === null),
    })),
    ...request.extensions.map((extension) => row(extension, wanted)),
    // Of an extension that is asked for twice, the typed value is the first one's.
    ...request.setAside.map((extension) => ({
      ...row(extension, setAside),
      values: [octets(extension.value)],
      mono: true,
    })),
    algorithm(request),
  ]
}

function keyFields({ algorithm: id, names, certificates }: LookedKey): FieldRow[] {
  const more = certificates - names.length
  const shown = [...names, ...(more > 0 ? [words().more(more)] : [])]
  return [
    { label: label('keyType'), values: [algorithmName(id)] },
    { label: label('certificates'), values: shown.length > 0 ? shown : [words().none] },
  ]
}

/** Returns what an entry or an answer says: the serial number, and everything else in lines. */
export function entryText(entry: LookedEntry): { readonly serial: string; readonly lines: string[] } {
  return 'certId' in entry
    ? { serial: octets(entry.certId.serialNumber), lines: answerLines(entry) }
    : { serial: octets(entry.serialNumber), lines: revokedLines(entry) }
}

function revokedLines(entry: RevokedEntry): string[] {
  const { entries } = words()
  const { revocationDate, reasonCode, invalidityDate, certificateIssuer, extensions, faultAt } = entry
  return [
    [revokedText(revocationDate), ...reasonText(reasonCode)].join(': '),
    ...(invalidityDate ? [entries.invalidSince(second(invalidityDate))] : []),
    ...(certificateIssuer ?? []).map((name) => entries.issuer(generalNameLine(name))),
    ...extensions.filter(({ oid }) => !READ.includes(oid)).map(extensionText),
    ...(faultAt === null ? [] : [entries.fault]),
  ]
}

/** Extensions of entries that have lines of their own. */
const READ: readonly string[] = [
  LIST_EXTENSION_OIDS.reasonCode,
  LIST_EXTENSION_OIDS.invalidityDate,
  LIST_EXTENSION_OIDS.certificateIssuer,
]

function answerLines({
  certId,
  certStatus,
  thisUpdate,
  nextUpdate,
  singleExtensions,
  archiveCutoff,
  timestamps,
  faultAt,
}: SingleResponse): string[] {
  const { entries } = words()
  const status =
    certStatus.status === 'revoked'
      ? [revokedText(certStatus.revocationTime), ...reasonText(certStatus.revocationReason)].join(': ')
      : entries.status[certStatus.status]
  const { hashAlgorithm, issuerNameHash, issuerKeyHash } = certId
  return [
    status,
    entries.current(second(thisUpdate), nextUpdate && second(nextUpdate)),
    entries.certId(
      oidName(hashAlgorithm.oid) ?? hashAlgorithm.oid,
      octets(issuerNameHash),
      octets(issuerKeyHash),
    ),
    ...singleExtensions.flatMap((extension) =>
      answerExtensionLines(extension, { archiveCutoff, timestamps }),
    ),
    ...(faultAt === null ? [] : [entries.fault]),
  ]
}

const revokedText = (date: Date | null): string =>
  date === null ? words().entries.revoked : words().entries.revokedOn(second(date))
const reasonText = (reason: RevokedEntry['reasonCode']): string[] =>
  reason === null ? [] : [messages().ui.certificate.revocation.reasons[reason]]
const extensionText = ({ oid, value }: Extension): string =>
  words().entries.extension(named(oid), colons(hexOf(value)))

/** Those that are read, in words; any other in octets. */
function answerExtensionLines(
  extension: Extension,
  { archiveCutoff, timestamps }: Pick<SingleResponse, 'archiveCutoff' | 'timestamps'>,
): string[] {
  const { oid } = extension
  if (oid === OCSP_OIDS.archiveCutoff && archiveCutoff)
    return [words().entries.archiveCutoff(second(archiveCutoff))]
  if (oid === OCSP_OIDS.signedCertificateTimestamps && timestamps)
    return timestampLines(timestamps).map((line) => words().entries.extension(named(oid), line))
  return [extensionText(extension)]
}
