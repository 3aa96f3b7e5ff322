import { DEFAULT_LIMITS, Reader, contextConstructed, parseWhole } from '../der/reader.ts'
import { compareOctets, integer, seq, tlv, utf8String } from '../der/writer.ts'
import type { Der } from '../der/writer.ts'
import { isCodedError } from '../errors.ts'
import type { Finding } from '../findings.ts'
import { parseAlgorithmIdentifier } from './algorithm-identifier.ts'
import { wholeOctets } from './certificate.ts'
import type { Signed } from './certificate.ts'
import type { ExtensionFields } from './encode.ts'
import { encodeAttribute, parseAttributes } from './extensions/subject-directory-attributes.ts'
import type { DirectoryAttribute } from './extensions/subject-directory-attributes.ts'
import { encodeExtension, extensionNameOf } from './extensions/table.ts'
import { noExtensions, parseTypedExtensions } from './extensions/typed.ts'
import type { TypedExtensions } from './extensions/typed.ts'
import type { CertificateExtensions, Extension } from './extensions/values.ts'
import { parseName } from './name.ts'
import type { Name } from './name.ts'
import { REQUEST_ATTRIBUTE_OIDS } from './oids.ts'
import { parseSpki } from './spki.ts'
import type { Spki } from './spki.ts'
import { readString } from './string-types.ts'

/** A PKCS#10 certification request (RFC 2986 §4): its fields, and the extensions it requests (RFC 2985 §5.4.2). */
export interface CertificationRequest extends Signed, CertificateExtensions {
  /** Counted from 1, the only defined version; any other is kept. */
  readonly version: number
  readonly subject: Name
  readonly spki: Spki
  readonly attributes: readonly DirectoryAttribute[]
  /** Each kind once: of repeated ones the first is kept, RFC 2985's attribute before Microsoft's. */
  readonly extensions: readonly Extension[]
  /** How many lists of extensions were merged: a request should have one (RFC 2985 §5.4.2). */
  readonly extensionLists: number
  /** The repetitions, which are ignored. */
  readonly setAside: readonly Extension[]
  /** RFC 2985 §5.4.1; not a secret despite its name: anyone can read it in the request. */
  readonly challengePassword: string | null
  readonly findings: readonly Finding[]
}

const ATTRIBUTES = contextConstructed(0)

/** Returns one request as views into `der`. Throws a CodedError with the offset if the octets are not one. */
export function parseRequest(der: Uint8Array): CertificationRequest {
  return parseWhole(der, parseRequestFrom)
}

/** As parseRequest, for one value of a larger structure; offsets count in that structure. */
export function parseRequestFrom(reader: Reader): CertificationRequest {
  const findings: Finding[] = []
  const start = reader.offset
  const request = reader.sequence()
  const tbsStart = request.offset
  const info = request.sequence()
  const tbs = request.since(tbsStart)
  const signatureAlgorithm = parseAlgorithmIdentifier(request)
  const signatureValue = wholeOctets(request.bitString(), 'signature', findings)
  request.finish()
  const version = info.smallInteger() + 1
  const subject = parseName(info, 'subject', findings)
  const spki = parseSpki(info, findings)
  // Some writers omit the SET when it is empty; RFC 2986 §4.1 does not allow it.
  const set = info.optional(ATTRIBUTES)
  info.finish()
  const attributes = set ? parseAttributes(set, 'attributes', findings) : []
  const { extensions, values, lists, setAside } = requestedExtensions(attributes, reader.bytes, findings)
  return {
    der: reader.since(start),
    tbs,
    signatureAlgorithm,
    signatureValue,
    version,
    subject,
    spki,
    attributes,
    extensions,
    extensionLists: lists,
    setAside,
    challengePassword: challengePassword(attributes),
    findings,
    ...values,
  }
}

/**
 * extensionRequest (RFC 2985 §5.4.2), and the same under the OID that Microsoft's tools write; the standard one takes
 * precedence.
 */
export const EXTENSION_REQUESTS: readonly string[] = [
  REQUEST_ATTRIBUTE_OIDS.extensionRequest,
  REQUEST_ATTRIBUTE_OIDS.microsoftExtensionRequest,
]

interface Requested extends TypedExtensions {
  readonly lists: number
  readonly setAside: readonly Extension[]
}

/** Returns every requested extension, including those in a second attribute and in a second value of one. */
function requestedExtensions(
  attributes: readonly DirectoryAttribute[],
  bytes: Uint8Array,
  findings: Finding[],
): Requested {
  const lists = EXTENSION_REQUESTS.flatMap((wanted) =>
    attributes.filter(({ oid }) => oid === wanted).flatMap(({ values }) => values),
  ).map((value) => {
    // The value is a view of the request: offsets keep counting in the request.
    const start = value.byteOffset - bytes.byteOffset
    const reader = new Reader(bytes, undefined, start, start + value.length, 5, DEFAULT_LIMITS.depth)
    return parseTypedExtensions(reader.sequence(), findings)
  })
  return joined(lists)
}

function joined(lists: readonly TypedExtensions[]): Requested {
  const taken = new Map<string, Extension>()
  const setAside: Extension[] = []
  const values: Record<string, unknown> = { ...noExtensions() }
  for (const list of lists)
    for (const extension of list.extensions) {
      const { oid } = extension
      if (taken.has(oid)) {
        setAside.push(extension)
        continue
      }
      taken.set(oid, extension)
      const name = extensionNameOf(oid)
      if (name) values[name] = list.values[name]
    }
  return {
    extensions: [...taken.values()],
    values: values as unknown as CertificateExtensions,
    lists: lists.length,
    setAside,
  }
}

function challengePassword(attributes: readonly DirectoryAttribute[]): string | null {
  const value = attributes.find(({ oid }) => oid === REQUEST_ATTRIBUTE_OIDS.challengePassword)?.values[0]
  return value ? attributeText(value) : null
}

/** Returns the value of an attribute as text; null if it is none. */
export function attributeText(value: Uint8Array): string | null {
  try {
    return parseWhole(value, (reader) => readString(reader.peekTag(), reader.content()))
  } catch (error) {
    if (isCodedError(error)) return null
    throw error
  }
}

/** The fields of a CertificationRequestInfo; name and key are DER. */
export interface RequestFields {
  readonly subject: Uint8Array
  readonly spki: Uint8Array
  /** Requested in one extensionRequest attribute, which is omitted if empty. */
  readonly extensions: readonly ExtensionFields[]
  readonly challengePassword?: string
}

/** Returns a CertificationRequestInfo, DER (RFC 2986 §4.1). */
export function encodeRequestInfo({ subject, spki, extensions, challengePassword }: RequestFields): Der {
  const attributes: DirectoryAttribute[] = []
  if (challengePassword !== undefined)
    attributes.push({
      oid: REQUEST_ATTRIBUTE_OIDS.challengePassword,
      values: [utf8String(challengePassword)],
    })
  if (extensions.length > 0)
    attributes.push({
      oid: REQUEST_ATTRIBUTE_OIDS.extensionRequest,
      values: [seq(...extensions.map(encodeExtension))],
    })
  const set = attributes.map(encodeAttribute).sort(compareOctets)
  return seq(integer(0), subject, spki, tlv(ATTRIBUTES, ...set))
}
