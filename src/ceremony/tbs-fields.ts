/** The fields of what is under a signature, one after the other, and which of their octets belong to keys. */
import { CodedError } from '../errors.ts'
import { contextConstructed, contextPrimitive, parseWhole, TAG, type Reader } from '../der/reader.ts'
import { EXTENSION_OIDS, oidName } from '../x509/oids.ts'

export type ObjectKind = 'certificate' | 'list' | 'response'

/** Octets that are not the same in a rehearsal: what they are, and where. */
export interface Hole {
  readonly name: HoleName
  readonly offset: number
  readonly length: number
}
export type HoleName =
  | 'serialNumber'
  | 'subjectPublicKey'
  | 'subjectKeyIdentifier'
  | 'authorityKeyIdentifier'
  | 'authorityCertSerialNumber'
  | 'userCertificate'
  | 'responderKeyHash'
  | 'issuerKeyHash'

export interface Field {
  /** As the RFC calls it, with what it is in before a full stop. */
  readonly name: string
  readonly offset: number
  readonly length: number
}

export interface TbsFields {
  readonly fields: readonly Field[]
  readonly holes: readonly Hole[]
}

/** Entries of a list, or answers of a response: no ceremony signs more, and each is two objects here. */
const MOST_ENTRIES = 10_000
const MOST_EXTENSIONS = 256

/**
 * Returns the fields of a TBSCertificate, a TBSCertList (RFC 5280) or a ResponseData (RFC 6960), with the holes. Throws
 * a CodedError with the offset if the octets are not DER of that kind.
 */
export function fieldsOf(kind: ObjectKind, tbs: Uint8Array): TbsFields {
  const walk = new Walk()
  parseWhole(tbs, (reader) => {
    const fields = reader.sequence()
    WALKS[kind](walk, fields)
    fields.finish()
  })
  return walk
}

/** Returns the octets under the signature of a certificate, list or OCSP response, as a view. Throws a CodedError if there are none. */
export function tbsOf(der: Uint8Array): Uint8Array {
  return parseWhole(der, (reader) => {
    const parts = reader.sequence()
    return parts.peekTag() === TAG.ENUMERATED ? underResponse(parts) : underSignature(parts)
  })
}

function underSignature(parts: Reader): Uint8Array {
  const tbs = parts.element(TAG.SEQUENCE)
  parts.skip(TAG.SEQUENCE)
  parts.bitString()
  parts.finish()
  return tbs
}

/** RFC 6960 §4.2.1: a BasicOCSPResponse within an OCSPResponse, with the certificates that are sent along. */
function underResponse(parts: Reader): Uint8Array {
  parts.skip(TAG.ENUMERATED)
  const wrapped = parts.constructed(contextConstructed(0))
  const bytes = wrapped.sequence()
  bytes.oid()
  const octets = bytes.constructed(TAG.OCTET_STRING)
  const basic = octets.sequence()
  const tbs = basic.element(TAG.SEQUENCE)
  basic.skip(TAG.SEQUENCE)
  basic.bitString()
  if (!basic.atEnd) basic.skip(contextConstructed(0))
  for (const reader of [basic, octets, bytes, wrapped, parts]) reader.finish()
  return tbs
}

class Walk implements TbsFields {
  readonly fields: Field[] = []
  readonly holes: Hole[] = []

  /** Reads one field; `read` must read the whole of it. */
  field(name: string, reader: Reader, read: () => void): void {
    const { offset } = reader
    read()
    this.fields.push({ name, offset, length: reader.offset - offset })
  }

  /** One value of which nothing is looked at. */
  whole(name: string, reader: Reader, tag?: number): void {
    this.field(name, reader, () => reader.skip(tag))
  }

  /** The content of the value that was read last is a hole. */
  hole(name: HoleName, reader: Reader, content: Uint8Array): void {
    this.holes.push({ name, offset: reader.offset - content.length, length: content.length })
  }
}

const WALKS: Readonly<Record<ObjectKind, (walk: Walk, fields: Reader) => void>> = {
  certificate,
  list,
  response,
}

function certificate(walk: Walk, fields: Reader): void {
  if (fields.peekTag() === contextConstructed(0)) walk.whole('version', fields)
  walk.field('serialNumber', fields, () => walk.hole('serialNumber', fields, fields.integer()))
  walk.whole('signature', fields, TAG.SEQUENCE)
  walk.whole('issuer', fields, TAG.SEQUENCE)
  const validity = fields.sequence()
  walk.field('validity.notBefore', validity, () => validity.time())
  walk.field('validity.notAfter', validity, () => validity.time())
  validity.finish()
  walk.whole('subject', fields, TAG.SEQUENCE)
  const spki = fields.sequence()
  walk.whole('subjectPublicKeyInfo.algorithm', spki, TAG.SEQUENCE)
  walk.field('subjectPublicKeyInfo.subjectPublicKey', spki, () =>
    walk.hole('subjectPublicKey', spki, spki.bitString().bytes),
  )
  spki.finish()
  for (const [n, name] of [
    [1, 'issuerUniqueID'],
    [2, 'subjectUniqueID'],
  ] as const)
    if (fields.peekTag() === contextPrimitive(n)) walk.whole(name, fields)
  extensions(walk, fields, 3, 'extensions')
}

function list(walk: Walk, fields: Reader): void {
  if (fields.peekTag() === TAG.INTEGER) walk.whole('version', fields)
  walk.whole('signature', fields, TAG.SEQUENCE)
  walk.whole('issuer', fields, TAG.SEQUENCE)
  walk.field('thisUpdate', fields, () => fields.time())
  if ([TAG.UTC_TIME, TAG.GENERALIZED_TIME].some((tag) => tag === fields.peekTag()))
    walk.field('nextUpdate', fields, () => fields.time())
  const entries = fields.optional(TAG.SEQUENCE)
  if (entries)
    forEach(entries, MOST_ENTRIES, (i) => {
      const entry = entries.sequence()
      walk.field(`revokedCertificates[${i}].userCertificate`, entry, () =>
        walk.hole('userCertificate', entry, entry.integer()),
      )
      walk.field(`revokedCertificates[${i}].revocationDate`, entry, () => entry.time())
      if (!entry.atEnd) walk.whole(`revokedCertificates[${i}].crlEntryExtensions`, entry, TAG.SEQUENCE)
      entry.finish()
    })
  extensions(walk, fields, 0, 'crlExtensions')
}

function response(walk: Walk, fields: Reader): void {
  if (fields.peekTag() === contextConstructed(0)) walk.whole('version', fields)
  if (fields.peekTag() === contextConstructed(1)) walk.whole('responderID', fields)
  else {
    const byKey = fields.constructed(contextConstructed(2))
    walk.field('responderID', byKey, () => walk.hole('responderKeyHash', byKey, byKey.octetString()))
    byKey.finish()
  }
  walk.field('producedAt', fields, () => fields.time())
  const answers = fields.sequence()
  forEach(answers, MOST_ENTRIES, (i) => {
    const answer = answers.sequence()
    const id = answer.sequence()
    const name = `responses[${i}]`
    walk.whole(`${name}.certID.hashAlgorithm`, id, TAG.SEQUENCE)
    walk.whole(`${name}.certID.issuerNameHash`, id, TAG.OCTET_STRING)
    walk.field(`${name}.certID.issuerKeyHash`, id, () => walk.hole('issuerKeyHash', id, id.octetString()))
    walk.field(`${name}.certID.serialNumber`, id, () => walk.hole('serialNumber', id, id.integer()))
    id.finish()
    walk.whole(`${name}.certStatus`, answer)
    walk.field(`${name}.thisUpdate`, answer, () => answer.time())
    if (answer.peekTag() === contextConstructed(0)) walk.whole(`${name}.nextUpdate`, answer)
    extensions(walk, answer, 1, `${name}.singleExtensions`)
    answer.finish()
  })
  extensions(walk, fields, 1, 'responseExtensions')
}

/** Extensions under the explicit tag [n], if there are any. */
function extensions(walk: Walk, fields: Reader, n: number, name: string): void {
  const wrapped = fields.optional(contextConstructed(n))
  if (!wrapped) return
  const sequence = wrapped.sequence()
  const places = new Map<string, number>()
  forEach(sequence, MOST_EXTENSIONS, () => {
    const { offset } = sequence
    const extension = sequence.sequence()
    const oid = extension.oid()
    if (extension.peekTag() === TAG.BOOLEAN) extension.boolean()
    const value = extension.constructed(TAG.OCTET_STRING)
    extension.finish()
    // One that is there twice is no standard structure, and its octets are compared as they are.
    const times = (places.get(oid) ?? 0) + 1
    places.set(oid, times)
    if (times === 1) extensionHoles(walk, oid, value)
    walk.fields.push({
      name: `${name}.${oidName(oid) ?? oid}`,
      offset,
      length: sequence.offset - offset,
    })
  })
  wrapped.finish()
}

function extensionHoles(walk: Walk, oid: string, value: Reader): void {
  if (oid === EXTENSION_OIDS.subjectKeyIdentifier) {
    walk.hole('subjectKeyIdentifier', value, value.octetString())
    value.finish()
  }
  if (oid === EXTENSION_OIDS.authorityKeyIdentifier) {
    const parts = value.sequence()
    const [key, serial] = [contextPrimitive(0), contextPrimitive(2)]
    if (parts.peekTag() === key) walk.hole('authorityKeyIdentifier', parts, parts.octetString(key))
    if (parts.peekTag() === contextConstructed(1)) parts.skip()
    if (parts.peekTag() === serial) walk.hole('authorityCertSerialNumber', parts, parts.integer(serial))
    parts.finish()
    value.finish()
  }
}

function forEach(reader: Reader, most: number, read: (index: number) => void): void {
  for (let index = 0; !reader.atEnd; index++) {
    if (index === most) throw new CodedError('der-too-many', { offset: reader.offset, limit: most })
    read(index)
  }
}
