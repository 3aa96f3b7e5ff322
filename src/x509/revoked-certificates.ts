import { CodedError } from '../errors.ts'
import { DEFAULT_LIMITS, Reader, TAG } from '../der/reader.ts'
import { readUtcTime } from '../der/time.ts'
import { LIST_EXTENSION_OIDS } from './oids.ts'
import { CRL_REASONS, parseRevokedEntry } from './revoked-entry.ts'
import type { CrlReason, RevokedEntry } from './revoked-entry.ts'

/** Critical entry extensions that validation can process (RFC 5280 §5.3); any other makes the whole list unusable. */
const PROCESSED = new Set<string>([
  LIST_EXTENSION_OIDS.reasonCode,
  LIST_EXTENSION_OIDS.invalidityDate,
  LIST_EXTENSION_OIDS.certificateIssuer,
])

/** Only reasonCode, not critical: SEQUENCE { SEQUENCE { OID 2.5.29.21, OCTET STRING { ENUMERATED } } }. */
const REASON_ALONE = [0x30, 0x0c, 0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01]

/**
 * The revokedCertificates of one list (RFC 5280 §5.1.2.6). A list may hold a million entries, so they stay octets: all
 * are checked once, the offset of each is kept, and an entry becomes an object on demand. Serial numbers are found
 * through a hash index built at the first lookup.
 */
export class RevokedCertificates implements Iterable<RevokedEntry> {
  readonly count: number
  /** OIDs of unsupported critical entry extensions; with one of them the list must not be used (§5.3). */
  readonly unknownCritical: ReadonlySet<string>
  /** Whether an entry names its certificate issuer (§5.3.3), which only an indirect list may have. */
  readonly namesIssuers: boolean
  /** The first entry with an unreadable field, and how many there are; null if there is none. */
  readonly imperfect: ImperfectEntries | null
  readonly #bytes: Uint8Array
  readonly #offsets: Uint32Array
  readonly #end: number
  /** Indexes of the entries that carry certificateIssuer, ascending: it applies to all that follow (§5.3.3). */
  readonly #issuerChanges: readonly number[]
  #index: SerialIndex | null = null
  #summary: EntriesSummary | null = null

  private constructor(bytes: Uint8Array, end: number, walked: Walked) {
    this.#bytes = bytes
    this.#end = end
    this.#offsets = walked.offsets
    this.#issuerChanges = walked.issuerChanges
    this.count = walked.count
    this.unknownCritical = walked.unknownCritical
    this.namesIssuers = walked.issuerChanges.length > 0
    this.imperfect = walked.imperfect
  }

  /**
   * Checks every entry in bytes[start, end), the content of the SEQUENCE OF. Throws CodedError at the first whose
   * certificate is in doubt.
   */
  static parse(bytes: Uint8Array, start: number, end: number): RevokedCertificates {
    return new RevokedCertificates(bytes, end, walk(bytes, start, end))
  }

  static readonly none = RevokedCertificates.parse(new Uint8Array(0), 0, 0)

  /**
   * Returns the entries with this serial number (content octets), with the issuer in force: several only in indirect
   * lists.
   */
  find(serialNumber: Uint8Array): RevokedEntry[] {
    this.#index ??= indexSerials(this.#bytes, this.#offsets, this.count)
    const { heads, next } = this.#index
    const found: RevokedEntry[] = []
    let entry = heads[hash(serialNumber, 0, serialNumber.length) & (heads.length - 1)]!
    for (; entry !== 0; entry = next[entry - 1]!)
      if (hasSerial(this.#bytes, this.#offsets[entry - 1]!, serialNumber)) found.push(this.at(entry - 1))
    return found.reverse()
  }

  /** Returns entry number `index` in the order of the list, with the issuer in force. */
  at(index: number): RevokedEntry {
    const entry = this.#read(index)
    if (entry.certificateIssuer !== null || !this.namesIssuers) return entry
    const change = lastAtMost(this.#issuerChanges, index)
    return change < 0 ? entry : { ...entry, certificateIssuer: this.#read(change).certificateIssuer }
  }

  *[Symbol.iterator](): Iterator<RevokedEntry> {
    for (let index = 0; index < this.count; index++) yield this.at(index)
  }

  /** Summary of one pass over all entries, for rules about the list as a whole; cached. */
  get summary(): EntriesSummary {
    return (this.#summary ??= this.#summarize())
  }

  #summarize(): EntriesSummary {
    let [earliest, latest] = [Infinity, -Infinity]
    let [unspecified, misplaced]: [number | null, number | null] = [null, null]
    for (let index = 0; index < this.count; index++) {
      const plain = this.#plainDate(index)
      const entry = plain === null ? this.#read(index) : null
      const date = plain ?? entry!.revocationDate?.getTime() ?? null
      if (date !== null && date < earliest) earliest = date
      if (date !== null && date > latest) latest = date
      if (entry && misplaced === null && hasMisplacedCriticality(entry)) misplaced = index
      if (unspecified === null && (entry ? entry.reasonCode : this.#plainReason(index)) === 'unspecified')
        unspecified = index
    }
    const date = (time: number): Date | null => (Number.isFinite(time) ? new Date(time) : null)
    return {
      earliest: date(earliest),
      latest: date(latest),
      unspecified: unspecified === null ? null : this.at(unspecified),
      misplacedCriticality: misplaced === null ? null : this.at(misplaced),
      repeated: this.#repeated(),
    }
  }

  /** Only for the common shape, and for entries that were not imperfect: the digits of others may not be a date. */
  #plainDate(index: number): number | null {
    const at = this.#offsets[index]!
    if (this.imperfect && plainEntryEnd(this.#bytes, at, this.#end) === 0) return null
    return plainDate(this.#bytes, at)
  }

  /** The reason of an entry that plainDate() read: its last octet, if it has one. */
  #plainReason(index: number): CrlReason | null {
    const at = this.#offsets[index]!
    const time = integerEnd(this.#bytes, at)
    const end = contentStart(this.#bytes, at) + this.#bytes[at + 1]!
    return end === time + 15
      ? null
      : CRL_REASONS[this.#bytes[end - 1]!] === 'unspecified'
        ? 'unspecified'
        : null
  }

  /** The first serial number that occurs twice under one issuer. Serial numbers chosen to collide end the search. */
  #repeated(): RevokedEntry | null {
    this.#index ??= indexSerials(this.#bytes, this.#offsets, this.count)
    const { next } = this.#index
    let left = 64 * this.count
    for (let first = 1; first <= this.count; first++)
      for (let other = next[first - 1]!; other !== 0 && left > 0; other = next[other - 1]!, left--)
        if (this.#isSame(first - 1, other - 1)) return this.at(first - 1)
    return null
  }

  #isSame(one: number, other: number): boolean {
    const [bytes, offsets] = [this.#bytes, this.#offsets]
    const serial = bytes.subarray(
      contentStart(bytes, contentStart(bytes, offsets[one]!)),
      integerEnd(bytes, offsets[one]!),
    )
    if (!hasSerial(bytes, offsets[other]!, serial)) return false
    return lastAtMost(this.#issuerChanges, one) === lastAtMost(this.#issuerChanges, other)
  }

  #read(index: number): RevokedEntry {
    if (index < 0 || index >= this.count) throw new Error('no such entry')
    return parseRevokedEntry(readerAt(this.#bytes, this.#offsets[index]!, this.#end))
  }
}

export interface ImperfectEntries {
  /** Content of the INTEGER. */
  readonly serialNumber: Uint8Array
  readonly offset: number
  readonly count: number
}

/** The facts that rules about a list need of its entries; each entry is the first of its kind, or null. */
export interface EntriesSummary {
  readonly earliest: Date | null
  readonly latest: Date | null
  /** States "unspecified", which is the same as omitting the reason (§5.3.1). */
  readonly unspecified: RevokedEntry | null
  /** Has an extension with the wrong criticality (§5.3). */
  readonly misplacedCriticality: RevokedEntry | null
  readonly repeated: RevokedEntry | null
}

/** §5.3.1 to §5.3.3: of the entry extensions, only certificateIssuer is critical. */
const hasMisplacedCriticality = ({ extensions }: RevokedEntry): boolean =>
  extensions.some(
    ({ oid, critical }) => PROCESSED.has(oid) && critical !== (oid === LIST_EXTENSION_OIDS.certificateIssuer),
  )

/** Milliseconds of the date in an entry of the common shape (see plainEntryEnd), null for any other. */
function plainDate(bytes: Uint8Array, at: number): number | null {
  const length = bytes[at + 1]!
  if (length >= 0x80 || bytes[at + 3]! >= 0x80) return null
  const time = integerEnd(bytes, at)
  const extensions = time + 15
  const end = at + 2 + length
  if (bytes[time] !== TAG.UTC_TIME || (extensions !== end && !isReasonAlone(bytes, extensions, end)))
    return null
  const pair = (i: number): number => (bytes[time + 2 + i]! - 0x30) * 10 + bytes[time + 3 + i]! - 0x30
  const year = pair(0)
  return Date.UTC(year < 50 ? 2000 + year : 1900 + year, pair(2) - 1, pair(4), pair(6), pair(8), pair(10))
}

interface Walked {
  count: number
  offsets: Uint32Array
  issuerChanges: number[]
  unknownCritical: Set<string>
  imperfect: ImperfectEntries | null
}

function readerAt(bytes: Uint8Array, start: number, end: number): Reader {
  return new Reader(bytes, undefined, start, end, 4, DEFAULT_LIMITS.depth)
}

function walk(bytes: Uint8Array, start: number, end: number): Walked {
  const walked: Walked = {
    count: 0,
    offsets: new Uint32Array(0),
    issuerChanges: [],
    unknownCritical: new Set(),
    imperfect: null,
  }
  let offsets = new Uint32Array(Math.min(1024, end - start))
  let at = start
  while (at < end) {
    if (walked.count === offsets.length) offsets = grown(offsets, walked.count, start, at, end)
    offsets[walked.count] = at
    const after = plainEntryEnd(bytes, at, end)
    at = after > 0 ? after : oddEntryEnd(bytes, at, end, walked)
    walked.count += 1
  }
  walked.offsets = offsets.subarray(0, walked.count)
  return walked
}

/** Room for the remaining entries, estimated from the mean length so far. */
function grown(
  offsets: Uint32Array,
  count: number,
  start: number,
  at: number,
  end: number,
): Uint32Array<ArrayBuffer> {
  const guess = Math.ceil(((end - start) / (at - start || 1)) * count * 1.02) + 16
  const larger = new Uint32Array(Math.max(guess, offsets.length * 2))
  larger.set(offsets)
  return larger
}

/**
 * Returns the end of an entry of the common shape (lengths below 128, UTCTime, no extension or only a reason), fully
 * checked; 0 for any other, which the general reader then parses.
 */
function plainEntryEnd(bytes: Uint8Array, at: number, limit: number): number {
  const length = bytes[at + 1]!
  const end = at + 2 + length
  if (bytes[at] !== TAG.SEQUENCE || length >= 0x80 || end > limit || bytes[at + 2] !== TAG.INTEGER) return 0
  const serialLength = bytes[at + 3]!
  const serial = at + 4
  const time = serial + serialLength
  if (serialLength === 0 || time + 15 > end || !isMinimal(bytes, serial, serialLength)) return 0
  if (bytes[time] !== TAG.UTC_TIME || bytes[time + 1] !== 13 || !isPlainUtcTime(bytes, time + 2)) return 0
  const extensions = time + 15
  return extensions === end || isReasonAlone(bytes, extensions, end) ? end : 0
}

function isMinimal(bytes: Uint8Array, at: number, length: number): boolean {
  const first = bytes[at]!
  if (length === 1 || (first !== 0 && first !== 0xff)) return true
  return first === 0 ? bytes[at + 1]! >= 0x80 : bytes[at + 1]! < 0x80
}

function isPlainUtcTime(bytes: Uint8Array, at: number): boolean {
  for (let i = at; i < at + 12; i++) if ((bytes[i]! - 0x30) >>> 0 > 9) return false
  const pair = (i: number): number => (bytes[at + i]! - 0x30) * 10 + bytes[at + i + 1]! - 0x30
  const month = pair(2)
  const day = pair(4)
  if (month === 0 || month > 12 || day === 0 || pair(6) > 23 || pair(8) > 59 || pair(10) > 59) return false
  if (bytes[at + 12] !== 0x5a) return false
  return day <= 28 || readUtcTime(bytes, at, at + 13) !== null
}

function isReasonAlone(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at !== 14) return false
  for (let i = 0; i < 13; i++) if (bytes[at + i] !== REASON_ALONE[i]) return false
  const reason = bytes[at + 13]!
  return reason <= 10 && reason !== 7
}

function oddEntryEnd(bytes: Uint8Array, at: number, end: number, walked: Walked): number {
  const reader = readerAt(bytes, at, end)
  const entry = parseRevokedEntry(reader)
  if (entry.certificateIssuer) walked.issuerChanges.push(walked.count)
  for (const { critical, oid } of entry.extensions)
    if (critical && !PROCESSED.has(oid)) walked.unknownCritical.add(oid)
  const { serialNumber, faultAt } = entry
  if (faultAt !== null) {
    const { imperfect } = walked
    walked.imperfect = imperfect
      ? { ...imperfect, count: imperfect.count + 1 }
      : { serialNumber, offset: faultAt, count: 1 }
  }
  if (reader.offset <= at) throw new CodedError('der-truncated', { offset: at, need: 1, have: 0 })
  return reader.offset
}

interface SerialIndex {
  /** First entry of each hash value, counted from 1; 0 if there is none. */
  readonly heads: Uint32Array
  /** The next entry with the same hash value, counted from 1; 0 if there is none. */
  readonly next: Uint32Array
}

function indexSerials(bytes: Uint8Array, offsets: Uint32Array, count: number): SerialIndex {
  let size = 1024
  while (size < count) size *= 2
  const heads = new Uint32Array(size)
  const next = new Uint32Array(count)
  for (let i = 0; i < count; i++) {
    const start = contentStart(bytes, contentStart(bytes, offsets[i]!))
    const slot = hash(bytes, start, integerEnd(bytes, offsets[i]!)) & (size - 1)
    next[i] = heads[slot]!
    heads[slot] = i + 1
  }
  return { heads, next }
}

/** Serial numbers are random or count upwards, so their last octets distinguish them. */
function hash(bytes: Uint8Array, start: number, end: number): number {
  let value = end - start
  for (let i = Math.max(start, end - 8); i < end; i++) value = Math.imul(value ^ bytes[i]!, 0x01000193)
  return (value ^ (value >>> 15)) >>> 0
}

/** Returns the start of the content of the value at `at`; its header has been checked. */
function contentStart(bytes: Uint8Array, at: number): number {
  const length = bytes[at + 1]!
  return length < 0x80 ? at + 2 : at + 2 + (length & 0x7f)
}

/** Returns the end of the serial number of the entry at `at`; its headers have been checked. */
function integerEnd(bytes: Uint8Array, at: number): number {
  const integer = contentStart(bytes, at)
  const first = bytes[integer + 1]!
  if (first < 0x80) return integer + 2 + first
  let length = 0
  for (let i = 0; i < (first & 0x7f); i++) length = length * 256 + bytes[integer + 2 + i]!
  return integer + 2 + (first & 0x7f) + length
}

function hasSerial(bytes: Uint8Array, entry: number, serialNumber: Uint8Array): boolean {
  const start = contentStart(bytes, contentStart(bytes, entry))
  if (integerEnd(bytes, entry) - start !== serialNumber.length) return false
  for (let i = 0; i < serialNumber.length; i++) if (bytes[start + i] !== serialNumber[i]) return false
  return true
}

function lastAtMost(ascending: readonly number[], value: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low === 0 ? -1 : ascending[low - 1]!
}
