/**
 * The data that lists and searches need about every certificate, kept beside the records so that a large inventory
 * opens at once. It is written in the same transaction as the certificates, in segments that only grow at the end, and
 * names the sum of the certificates it was made from. If that is not the head's sum, it is discarded and rebuilt.
 */
import { CodedError, isCodedError } from '../errors.ts'
import { isEqual, type Bytes } from '../webcrypto/seal.ts'
import { transact } from './database.ts'
import { isSameMark, isSameSum, markIn, sumMark } from './head.ts'
import type { OpenVault, ReadableVault } from './open-vault.ts'
import { openRecord, readUnverified, sealRecord, sumOf } from './records.ts'
import { areEntries } from './unverified.ts'
import type {
  Catalogue,
  CatalogueEntry,
  SealedName,
  SealedValues,
  Segment,
  StoredRecord,
  StoreMark,
  StoreSum,
} from './shapes.ts'
import { withLock } from './tabs.ts'
import type { VaultKeys } from './vault-keys.ts'

/**
 * Entries per segment: few enough to rewrite with each certificate, and to stay below the 64 KiB beyond which Chromium
 * keeps a value in a file of its own, which takes several times as long to read.
 */
export const SEGMENT_ENTRIES = 128
const STAMP_LENGTH = 16
export const CATALOGUE_HEAD = 'head'
const NONE = Promise.resolve(null)
const READ_AT_ONCE = 64

/** A change of the catalogue: existing entries are replaced, those without a segment are appended. */
export interface CatalogueEdit {
  entries: readonly CatalogueEntry[]
  /** Returns the segment of an entry; null if the entry is new. */
  segmentOf: (id: string) => number | null
}

/** Returns the catalogue of the vault's current contents; null if there is none, or none that matches. */
export async function openCatalogue(vault: ReadableVault): Promise<Catalogue | null> {
  // Read both in one transaction: another tab may be writing.
  const [storedHead, stored] = await vault.database.getBoth(['meta', 'head'], ['catalogue', CATALOGUE_HEAD])
  const certificates = storedHead && 'body' in storedHead ? await markBeside(vault, storedHead) : null
  if (!certificates) return null
  if (certificates.count === 0) return emptyCatalogue(certificates)
  const catalogue = stored && (await valueOf(vault, 'catalogue', stored))
  return catalogue && fits(catalogue, certificates) ? catalogue : null
}

/**
 * Returns those segments by number, each transformed by `made`; null if one does not match the catalogue, because it
 * was tampered with or has just been replaced.
 */
export async function readSegments<T>(
  vault: ReadableVault,
  catalogue: Catalogue,
  numbers: readonly number[],
  made: (entries: CatalogueEntry[]) => T,
): Promise<T[] | null> {
  const segments: T[] = []
  for (let from = 0; from < numbers.length; from += READ_AT_ONCE) {
    const wanted = numbers.slice(from, from + READ_AT_ONCE)
    const stored = await vault.database.getEach('catalogue', wanted.map(idOf))
    const read = await Promise.all(
      stored.map((one, index) => (one ? segmentIn(vault, catalogue, wanted[index]!, one) : NONE)),
    )
    for (const segment of read) {
      if (!segment) return null
      segments.push(made(segment))
    }
  }
  return segments
}

/** Returns the stamp that distinguishes one state of a segment from another. */
export function stampOf({ stamps }: Catalogue, number: number): Bytes {
  return stamps.slice(number * STAMP_LENGTH, (number + 1) * STAMP_LENGTH)
}

export const segmentCount = ({ newest }: Catalogue): number => newest.length

/** The catalogue as this tab wrote or read it, and the segment that grows next. */
export interface KnownCatalogue {
  catalogue: Catalogue
  /** The stamp of its record; null before there is one. */
  stamp: Bytes | null
  last: { number: number; entries: readonly CatalogueEntry[] } | null
}

/** Rejects if the stored certificate that is to be replaced is not the one that this entry was made of. */
export type IsOf = (entry: CatalogueEntry) => Promise<void>

/** Returns the catalogue records to write with a change; null if there is no catalogue or it no longer matched. */
export async function editedCatalogue(
  open: OpenVault,
  edit: CatalogueEdit | undefined,
  known: KnownCatalogue | null,
  certificates: { before: StoreMark; after: StoreMark },
  isOf: IsOf,
): Promise<{ before: Bytes | null; after: KnownCatalogue; records: StoredRecord[] } | null> {
  if (!edit || edit.entries.length === 0) {
    const isSame = known !== null && isSameMark(certificates.before, certificates.after)
    return isSame ? { before: null, after: known, records: [] } : null
  }
  const found = known ?? (await catalogueOf(open, certificates.before))
  if (!found) return null
  const changed = await changedSegments(open, found, edit, isOf)
  if (!changed) return null
  const { catalogue, stamp, records } = await sealCatalogue(
    open,
    { ...found.catalogue, certificates: certificates.after },
    changed,
  )
  const number = segmentCount(catalogue) - 1
  const entries = changed.get(number)
  const last = entries ? { number, entries } : found.last
  return { before: found.stamp, after: { catalogue, stamp, last }, records }
}

/** Stores a rebuilt catalogue; does nothing if the certificates have changed since it was built. */
export async function replaceCatalogue(
  open: OpenVault,
  certificates: StoreMark,
  entries: readonly CatalogueEntry[],
): Promise<void> {
  if (open.isReadOnly) return
  const segments = new Map<number, CatalogueEntry[]>()
  for (let from = 0; from < entries.length; from += SEGMENT_ENTRIES)
    segments.set(from / SEGMENT_ENTRIES, entries.slice(from, from + SEGMENT_ENTRIES))
  const { records } = await sealCatalogue(open, emptyCatalogue(certificates), segments)
  const storing = withLock(open.name, () =>
    transact(open.database, 'relaxed', (writing) => {
      writing.check('meta', 'head', (found) => {
        const mark = found && 'body' in found ? markIn(found) : null
        if (!mark || !isSameMark(mark, certificates)) throw new CodedError('write-conflict', null)
      })
      writing.clear('catalogue')
      for (const record of records) writing.put('catalogue', record)
    }),
  )
  await storing.catch((error: unknown) => {
    if (!isCodedError(error, 'write-conflict')) throw error
  })
}

/** Returns the current mark of the certificates. Compared before and after reading them all, to detect a write. */
export async function certificateMark(vault: ReadableVault): Promise<StoreMark | null> {
  const stored = await vault.database.get('meta', 'head')
  return stored && 'body' in stored ? markBeside(vault, stored) : null
}

/**
 * Converts the catalogue of a version 1 vault, which names the sum itself, to one that names its mark; null if none
 * matches.
 */
export async function remarkedCatalogue(
  open: OpenVault,
  sum: StoreSum,
  mark: StoreMark,
): Promise<StoredRecord | null> {
  const stored = await open.database.get('catalogue', CATALOGUE_HEAD)
  const catalogue = stored && (await valueOf({ opened: open }, 'catalogue', stored))
  const before = catalogue?.certificates as StoreSum | StoreMark | undefined
  if (!catalogue || !before || !('sum' in before) || !isSameSum(before, sum)) return null
  return (await sealCatalogue(open, { ...catalogue, certificates: mark }, new Map())).records.at(-1) ?? null
}

async function markBeside({ opened }: ReadableVault, stored: StoredRecord): Promise<StoreMark | null> {
  if (!opened) return markIn(stored)
  const head = await valueOf({ opened }, 'head', stored)
  return head && (markIn(stored) ?? sumMark(opened.keys, sumOf(head, 'certificates')))
}

const emptyCatalogue = (certificates: StoreMark): Catalogue => ({
  certificates,
  stamps: new Uint8Array(0),
  newest: [],
})

const idOf = (number: number): string => String(number).padStart(6, '0')

const fits = (catalogue: Catalogue, certificates: StoreMark): boolean =>
  isSameMark(catalogue.certificates, certificates) &&
  segmentCount(catalogue) === Math.ceil(certificates.count / SEGMENT_ENTRIES)

/** Authenticated while the vault is open; unverified, as stored, while it is locked and names are public. */
async function valueOf<S extends SealedName>(
  { opened }: Pick<ReadableVault, 'opened'>,
  store: S,
  stored: StoredRecord,
): Promise<SealedValues[S] | null> {
  if (opened) return (await openRecord(opened.keys, store, stored))?.value ?? null
  try {
    return readUnverified(store, stored)
  } catch {
    // Not authenticated, so it may be anything.
    return null
  }
}

type Packed = [...Place, ...Times, ...Marks]
type Place = [id: string, text: string, serialNumber: string]
type Times = [createdAt: number, notBefore: number, notAfter: number]
type Marks = [
  status: CatalogueEntry['status'],
  authorityId: string | null,
  ownAuthorityId: string | null,
  profileId: string,
  ...tags: string[],
]

/** Packs the values without their field names: a third less to read, authenticate and parse. */
function packEntries(entries: readonly CatalogueEntry[]): Segment {
  const packed = entries.map((entry): Packed => {
    const { id, text, serialNumber, createdAt, notBefore, notAfter } = entry
    const { status, authorityId, ownAuthorityId, profileId, tags } = entry
    const times: Times = [createdAt, notBefore, notAfter]
    return [id, text, serialNumber, ...times, status, authorityId, ownAuthorityId, profileId, ...tags]
  })
  const replaced = entries.flatMap(({ isReplaced }, at) => (isReplaced ? [at] : []))
  return { entries: JSON.stringify(packed), ...(replaced.length > 0 && { replaced }) }
}

function entriesIn({ entries, replaced = [] }: Segment): CatalogueEntry[] | null {
  const places = new Set(replaced)
  try {
    return (JSON.parse(entries) as Packed[]).map((packed, at) => {
      const entry = unpackEntry(packed)
      return places.has(at) ? { ...entry, isReplaced: true } : entry
    })
  } catch {
    return null
  }
}

function unpackEntry(packed: Packed): CatalogueEntry {
  const [id, text, serialNumber, createdAt, notBefore, notAfter] = packed
  const [status, authorityId, ownAuthorityId, profileId, ...tags] = packed.slice(6) as Marks
  const times = { createdAt, notBefore, notAfter }
  return { id, text, serialNumber, ...times, status, authorityId, ownAuthorityId, profileId, tags }
}

async function segmentIn(
  vault: Pick<ReadableVault, 'opened'>,
  catalogue: Catalogue,
  number: number,
  stored: StoredRecord,
): Promise<CatalogueEntry[] | null> {
  const { mac: stamp }: { mac: unknown } = stored
  const isIts =
    stamp instanceof Uint8Array && isEqual(stamp.subarray(0, STAMP_LENGTH), stampOf(catalogue, number))
  const value = isIts ? await valueOf(vault, 'segment', stored) : null
  const entries = value && entriesIn(value)
  return entries && (vault.opened || areEntries(entries)) ? entries : null
}

/** Returns the catalogue of certificates with this mark, authenticated; null if none is stored. */
export async function catalogueOf(open: OpenVault, certificates: StoreMark): Promise<KnownCatalogue | null> {
  if (certificates.count === 0) return { catalogue: emptyCatalogue(certificates), stamp: null, last: null }
  const stored = await open.database.get('catalogue', CATALOGUE_HEAD)
  const catalogue = stored && (await valueOf({ opened: open }, 'catalogue', stored))
  return catalogue && fits(catalogue, certificates) ? { catalogue, stamp: stored.mac, last: null } : null
}

type Entries = Map<string, { stamp: Bytes; entry: CatalogueEntry }>
const entriesRead = new WeakMap<VaultKeys, Entries>()

/** Returns the entry of a certificate; null if it is not in that segment. Reads a segment once for each of its states. */
export async function entryIn(
  open: OpenVault,
  { catalogue, last }: KnownCatalogue,
  number: number,
  id: string,
): Promise<CatalogueEntry | null> {
  const ofId = (entries: readonly CatalogueEntry[]) => entries.find((entry) => entry.id === id) ?? null
  if (last?.number === number) return ofId(last.entries)
  const read = entriesRead.get(open.keys) ?? (new Map() as Entries)
  entriesRead.set(open.keys, read)
  const stamp = stampOf(catalogue, number)
  const before = read.get(id)
  if (before && isEqual(before.stamp, stamp)) return before.entry
  const stored = await open.database.get('catalogue', idOf(number))
  const entry = ofId((stored && (await segmentIn({ opened: open }, catalogue, number, stored))) ?? [])
  if (entry) read.set(id, { stamp, entry })
  return entry
}

/** Returns the segments that `edit` changes, by number; null if an entry is not where it should be. */
async function changedSegments(
  open: OpenVault,
  { catalogue, last }: KnownCatalogue,
  { entries, segmentOf }: CatalogueEdit,
  isOf: IsOf,
): Promise<Map<number, CatalogueEntry[]> | null> {
  const changed = new Map<number, CatalogueEntry[]>()
  const storedSegment = async (number: number): Promise<CatalogueEntry[] | null> => {
    const stored = await open.database.get('catalogue', idOf(number))
    return stored ? segmentIn({ opened: open }, catalogue, number, stored) : null
  }
  const segment = async (number: number): Promise<CatalogueEntry[] | null> => {
    const known = changed.get(number)
    if (known) return known
    const read = last?.number === number ? [...last.entries] : await storedSegment(number)
    if (read) changed.set(number, read)
    return read
  }
  for (const entry of entries) {
    const number = segmentOf(entry.id)
    if (number === null) continue
    const held = await segment(number)
    const place = held?.findIndex(({ id }) => id === entry.id) ?? -1
    if (!held || place < 0) return null
    await isOf(held[place]!)
    held[place] = entry
  }
  let { count } = catalogue.certificates
  for (const entry of entries) {
    if (segmentOf(entry.id) !== null) continue
    const number = Math.floor(count / SEGMENT_ENTRIES)
    const held = count++ % SEGMENT_ENTRIES === 0 ? [] : await segment(number)
    if (!held) return null
    held.push(entry)
    changed.set(number, held)
  }
  return changed
}

async function sealCatalogue(
  { keys, visibility }: OpenVault,
  catalogue: Catalogue,
  changed: ReadonlyMap<number, readonly CatalogueEntry[]>,
): Promise<{ catalogue: Catalogue; stamp: Bytes; records: StoredRecord[] }> {
  const sealed = await Promise.all(
    [...changed].map(async ([number, entries]) => {
      const value = packEntries(entries)
      const { stored } = await sealRecord(keys, visibility, { store: 'segment', id: idOf(number) }, value)
      return { number, entries, stored }
    }),
  )
  const length = Math.max(segmentCount(catalogue), ...sealed.map(({ number }) => number + 1))
  const stamps = new Uint8Array(length * STAMP_LENGTH)
  stamps.set(catalogue.stamps)
  const newest = [...catalogue.newest]
  for (const { number, entries, stored } of sealed) {
    stamps.set(stored.mac.subarray(0, STAMP_LENGTH), number * STAMP_LENGTH)
    newest[number] = entries.reduce((latest, { createdAt }) => Math.max(latest, createdAt), -Infinity)
  }
  const value: Catalogue = { certificates: catalogue.certificates, stamps, newest }
  const head = await sealRecord(keys, visibility, { store: 'catalogue', id: CATALOGUE_HEAD }, value)
  return {
    catalogue: value,
    stamp: head.stored.mac,
    records: [...sealed.map(({ stored }) => stored), head.stored],
  }
}
