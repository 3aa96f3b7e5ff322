/**
 * The structure of a PKCS#12 (RFC 7292 §4), before any password: plain parts are parsed, the work of encrypted ones is
 * counted.
 */
import { TAG, contextConstructed, contextPrimitive, parseWhole, type Reader } from '../../der/reader.ts'
import { concat } from '../../octets.ts'
import { CodedError, isCodedError } from '../../errors.ts'
import { toDer } from '../ber.ts'
import type { ContainerLimits, Work } from '../limits.ts'
import { readSealed, type Sealed } from '../pbes.ts'
import { readSealedKey } from '../pkcs8.ts'
import { readMac, type Mac } from './mac.ts'
import * as id from './oids.ts'

export interface Names {
  readonly friendlyName: string | null
  readonly localKeyId: Uint8Array | null
}

/** The contents of a file: `sealed` contents become bags once a password opens them. */
export type Bag =
  | ({ readonly kind: 'key'; readonly pkcs8: Uint8Array } & Names)
  | ({ readonly kind: 'sealed-key'; readonly sealed: Sealed } & Names)
  | ({ readonly kind: 'certificate'; readonly der: Uint8Array; readonly trusted: boolean } & Names)
  | { readonly kind: 'crl'; readonly der: Uint8Array }
  | { readonly kind: 'skipped'; readonly type: string }
  /** Its encryption is not supported here. */
  | { readonly kind: 'unknown'; readonly error: CodedError<'container-algorithm-unknown'> }

export type Part = Bag | { readonly kind: 'sealed-contents'; readonly sealed: Sealed }

export interface Pfx {
  readonly mac: Mac | null
  /** The octets that the MAC covers. */
  readonly authSafe: Uint8Array
  readonly parts: readonly Part[]
}

interface Reading {
  readonly work: Work
  readonly limits: ContainerLimits
}

/** Throws container-structure, der-*, and container-iterations-too-many for the sum of all visible derivations. */
export function readPfx(bytes: Uint8Array, reading: Reading): Pfx {
  const { authSafe, macData } = parseWhole(toDer(bytes, reading.limits), readOuter)
  const mac = macData ? readMac(macData, reading.work) : null
  const contents = parseWhole(toDer(authSafe, reading.limits), (reader) => {
    const list = reader.sequence()
    const all: { type: string; content: Reader }[] = []
    while (!list.atEnd) all.push(readContentInfo(list))
    return all
  })
  return { mac, authSafe, parts: contents.flatMap((each) => readContents(each, reading)) }
}

function readOuter(reader: Reader): { authSafe: Uint8Array; macData: Uint8Array | null } {
  const pfx = reader.sequence()
  if (pfx.smallInteger() !== 3) throw structure('version')
  const { type, content } = readContentInfo(pfx)
  if (type !== id.DATA) throw structure('authSafe')
  const macData = pfx.atEnd ? null : pfx.element(TAG.SEQUENCE)
  pfx.finish()
  return { authSafe: content.octetString(), macData }
}

function readContentInfo(reader: Reader): { type: string; content: Reader } {
  const info = reader.sequence()
  const type = info.oid()
  const content = info.constructed(contextConstructed(0))
  info.finish()
  return { type, content }
}

function readContents({ type, content }: { type: string; content: Reader }, reading: Reading): Part[] {
  if (type === id.DATA) return readBags(content.octetString(), reading)
  if (type !== id.ENCRYPTED_DATA) return [{ kind: 'skipped', type }]
  const data = content.sequence()
  data.smallInteger()
  const info = data.sequence()
  if (info.oid() !== id.DATA) throw structure('encryptedContentInfo')
  const algorithm = info.element()
  const ciphertext = implicitOctets(info)
  return [
    unlessUnknown(() => ({
      kind: 'sealed-contents',
      sealed: readSealed(algorithm, ciphertext, reading.work),
    })),
  ]
}

/** A part with an unknown cipher does not affect the others. */
function unlessUnknown<T extends Part>(read: () => T): T | Extract<Part, { kind: 'unknown' }> {
  try {
    return read()
  } catch (error) {
    if (isCodedError(error, 'container-algorithm-unknown')) return { kind: 'unknown', error }
    throw error
  }
}

/** [0] IMPLICIT OCTET STRING; in BER it may be constructed, which toDer() cannot know. */
function implicitOctets(info: Reader): Uint8Array {
  const pieces = info.optional(contextConstructed(0))
  if (!pieces) return info.octetString(contextPrimitive(0))
  const all: Uint8Array[] = []
  while (!pieces.atEnd) all.push(pieces.octetString())
  return concat(all)
}

const NESTED_SAFES = 4

/** SafeContents (§4.2). */
export function readBags(safeContents: Uint8Array, reading: Reading, depth = 0): Bag[] {
  if (depth > NESTED_SAFES) throw structure('safeContentsBag')
  return parseWhole(toDer(safeContents, reading.limits), (reader) => {
    const list = reader.sequence()
    const all: Bag[] = []
    while (!list.atEnd) all.push(...readBag(list, reading, depth))
    return all
  })
}

function readBag(list: Reader, reading: Reading, depth: number): Bag[] {
  const fields = list.sequence()
  const type = fields.oid()
  const value = fields.constructed(contextConstructed(0)).element()
  const attributes = readAttributes(fields)
  fields.finish()
  if (type === id.SAFE_CONTENTS_BAG) return readBags(value, reading, depth + 1)
  return [bagOf(type, value, attributes, reading)]
}

function readAttributes(fields: Reader): Map<string, Uint8Array> {
  const attributes = new Map<string, Uint8Array>()
  const set = fields.optional(TAG.SET)
  while (set && !set.atEnd) {
    const attribute = set.sequence()
    const name = attribute.oid()
    const values = attribute.set()
    attributes.set(name, values.atEnd ? new Uint8Array() : values.element())
  }
  return attributes
}

function bagOf(type: string, value: Uint8Array, attributes: Map<string, Uint8Array>, { work }: Reading): Bag {
  const names = { friendlyName: friendlyNameOf(attributes), localKeyId: localKeyIdOf(attributes) }
  if (type === id.KEY_BAG) return { kind: 'key', pkcs8: value, ...names }
  if (type === id.SHROUDED_KEY_BAG)
    return unlessUnknown(() => ({ kind: 'sealed-key', sealed: readSealedKey(value, work), ...names }))
  const wrapped = type === id.CERT_BAG ? id.X509_CERTIFICATE : type === id.CRL_BAG ? id.X509_CRL : null
  const der = wrapped === null ? null : readWrapped(value, wrapped)
  if (!der) return { kind: 'skipped', type }
  if (type === id.CRL_BAG) return { kind: 'crl', der }
  return { kind: 'certificate', der, trusted: attributes.has(id.JAVA_TRUSTED), ...names }
}

/** CertBag and CRLBag (§4.2.3, §4.2.4): null for an SDSI certificate. */
function readWrapped(value: Uint8Array, x509: string): Uint8Array | null {
  return parseWhole(value, (reader) => {
    const fields = reader.sequence()
    if (fields.oid() !== x509) return null
    return fields.constructed(contextConstructed(0)).octetString()
  })
}

function friendlyNameOf(attributes: Map<string, Uint8Array>): string | null {
  const value = attributes.get(id.FRIENDLY_NAME)
  if (!value || value[0] !== TAG.BMP_STRING) return null
  const octets = parseWhole(value, (reader) => reader.content(TAG.BMP_STRING))
  let text = ''
  for (let i = 0; i + 1 < octets.length; i += 2)
    text += String.fromCharCode((octets[i]! << 8) | octets[i + 1]!)
  return text
}

function localKeyIdOf(attributes: Map<string, Uint8Array>): Uint8Array | null {
  const value = attributes.get(id.LOCAL_KEY_ID)
  return value?.[0] === TAG.OCTET_STRING ? parseWhole(value, (reader) => reader.octetString()) : null
}

const structure = (part: string): CodedError =>
  new CodedError('container-structure', { format: 'PKCS#12', part })
