/** Microsoft's serialized certificate store (.sst), as written by `certutil -generateSSTFromWU` and CertSaveStore. */
import { parseWhole, type Reader } from '../der/reader.ts'
import { CodedError } from '../errors.ts'
import { EKU_OIDS } from '../x509/oids.ts'
import type { TrustSettings } from '../x509/trust-settings.ts'
import { CONTAINER_LIMITS, type ContainerLimits } from './limits.ts'

/** One object of the store, with the properties that precede it. */
export interface SstEntry {
  readonly kind: 'certificate' | 'crl' | 'ctl'
  readonly der: Uint8Array
  readonly properties: ReadonlyMap<number, Uint8Array>
}

const HEADER = 8
const ELEMENT = 12
/** Version 0, and 'CERT'. */
const MAGIC = [0, 0, 0, 0, 0x43, 0x45, 0x52, 0x54]
const KINDS: ReadonlyMap<number, SstEntry['kind']> = new Map([
  [0x20, 'certificate'],
  [0x21, 'crl'],
  [0x22, 'ctl'],
])
/** Property identifiers of wincrypt.h that are used. */
const PROPERTY = {
  enhancedKeyUsage: 9,
  friendlyName: 11,
  disallowedFrom: 104,
  disallowedPurposes: 122,
  notBefore: 126,
} as const

export const isSst = (bytes: Uint8Array): boolean => MAGIC.every((octet, i) => bytes[i] === octet)

/**
 * Yields the objects one by one. Throws der-too-large, der-too-many, archive-cut-short and archive-damaged when it
 * reaches the fault, so that the objects before it are available.
 */
export function* readSst(bytes: Uint8Array, limits: ContainerLimits = CONTAINER_LIMITS): Generator<SstEntry> {
  if (bytes.length > limits.size)
    throw new CodedError('der-too-large', { size: bytes.length, limit: limits.size })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let properties = new Map<number, Uint8Array>()
  let at = HEADER
  for (let count = 0; ; count++) {
    if (count > limits.count) throw new CodedError('der-too-many', { offset: at, limit: limits.count })
    if (at + ELEMENT > bytes.length) throw new CodedError('archive-cut-short', { format: 'SST', offset: at })
    const id = view.getUint32(at, true)
    if (id === 0) break
    const length = view.getUint32(at + 8, true)
    const start = at + ELEMENT
    if (length > bytes.length - start)
      throw new CodedError('archive-cut-short', { format: 'SST', offset: start })
    const value = bytes.subarray(start, start + length)
    const kind = KINDS.get(id)
    if (kind) {
      yield { kind, der: value, properties }
      properties = new Map()
    } else properties.set(id, value)
    at = start + length
  }
  at += ELEMENT
  if (bytes.subarray(at).some((octet) => octet !== 0))
    throw new CodedError('archive-damaged', { format: 'SST', offset: at })
}

/** The friendly name in the store. */
export function friendlyNameOf({ properties }: SstEntry): string | null {
  const text = properties.get(PROPERTY.friendlyName)
  return text ? new TextDecoder('utf-16le').decode(text).replace(/\0[^]*/, '') || null : null
}

/** Purposes that it is trusted for, and those removed from it; null if not stated. Throws CodedErrors. */
export function trustIn({ properties }: SstEntry): TrustSettings | null {
  const only = properties.get(PROPERTY.enhancedKeyUsage)
  const withdrawn = properties.get(PROPERTY.disallowedPurposes)
  const isWithdrawn = properties.has(PROPERTY.disallowedFrom)
  if (!only && !withdrawn && !isWithdrawn) return null
  const reject = withdrawn ? purposes(withdrawn) : isWithdrawn ? [EKU_OIDS.anyExtendedKeyUsage] : []
  return { trust: only ? purposes(only) : null, reject }
}

/** Whether Windows rejects everything that it issues from some date on. */
export const hasNotBefore = ({ properties }: SstEntry): boolean => properties.has(PROPERTY.notBefore)

/** ExtKeyUsageSyntax, which may be empty here. */
const purposes = (der: Uint8Array): string[] =>
  parseWhole(der, (reader: Reader) => {
    const list = reader.sequence()
    const all: string[] = []
    while (!list.atEnd) all.push(list.oid())
    return all
  })
