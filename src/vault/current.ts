/**
 * Whether records are those of the state that the head was sealed over: one of an earlier state that was put back has a
 * valid MAC too. CAs, their keys and lists are few, and are summed again when another tab has changed their sum; a
 * certificate is compared with its entry in the catalogue, which names the sum of all.
 */
import { CodedError, isCodedError } from '../errors.ts'
import { isEqual, type Bytes } from '../webcrypto/seal.ts'
import { catalogueOf, entryIn, type KnownCatalogue } from './catalogue.ts'
import { isSameSum, markIn, sumMark } from './head.ts'
import { readHead, type OpenVault, type ReadableVault } from './open-vault.ts'
import { findRecord, type Read } from './reading.ts'
import { changed, emptySum, plus, sumOf, weightOf } from './records.ts'
import type { CatalogueEntry, Head, StoredRecord, StoreMark, StoreName, StoreSum } from './shapes.ts'
import type { VaultKeys } from './vault-keys.ts'

/** One state of the vault, and its catalogue if that has been read. */
export interface State {
  readonly head: Head
  /** The mark of the certificates. */
  readonly mark: StoreMark
  readonly stamp: Uint8Array
  readonly catalogue: KnownCatalogue | null
}

/** A record that something is computed from; for a certificate, the catalogue's segment that has its entry. */
export type Current = Read<StoreName> & { readonly segment?: number | undefined }

/** Stores that are small enough to be read whole. */
const SMALL: ReadonlySet<StoreName> = new Set<StoreName>([
  'authorities',
  'keys',
  'lists',
  'profiles',
  'requests',
  'trustStores',
])
/** How many records are read at once; a list may have a million entries. */
const BATCH = 500
const LISTS_AT_ONCE = 8

export async function currentState(open: OpenVault): Promise<State> {
  const { head, stamp, mark } = await readHead(open)
  const known = markIn({ unique: mark }) ?? (await sumMark(open.keys, sumOf(head, 'certificates')))
  return { head, stamp, mark: known, catalogue: null }
}

/**
 * Rejects with 'store-changed' or 'record-changed' if a record was put back, and with 'record-outdated' if it was
 * written since it was read, or if the catalogue has to be read again.
 */
export async function requireCurrent(
  open: OpenVault,
  state: State,
  records: readonly Current[],
): Promise<void> {
  for (const store of new Set(records.map(({ store }) => store)))
    if (SMALL.has(store)) await requireStamps(open, state, store, records)
  const certificates = records.filter((record) => record.store === 'certificates')
  if (certificates.length === 0) return
  const catalogue = state.catalogue ?? (await catalogueOf(open, state.mark))
  if (!catalogue) throw new CodedError('record-outdated', { store: 'catalogue', id: '' })
  for (const record of certificates) await requireEntry(open, state, catalogue, record)
}

/**
 * Returns the ids of all records of a store, and their sum. Rejects with 'store-changed' or 'record-changed' if they
 * are not those of the head, and with 'write-conflict' if another tab has just written.
 */
export async function requireWhole(
  open: OpenVault,
  store: StoreName,
): Promise<{ ids: readonly string[]; sum: StoreSum }> {
  const state = await currentState(open)
  const stamps = await stampsOf(open, state, store)
  return { ids: [...stamps.keys()], sum: sumOf(state.head, store) }
}

const ATTEMPTS = 5

/** Reads again if another tab wrote what was read. */
export async function again<T>(read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read()
    } catch (error) {
      const isOutdated = isCodedError(error, 'record-outdated') || isCodedError(error, 'write-conflict')
      if (!isOutdated || attempt === ATTEMPTS) throw error
    }
  }
}

/** Returns a record that is of the current state; reads again if another tab has just written. */
export const readCurrent = <S extends StoreName>(
  open: OpenVault,
  read: () => Promise<Read<S>>,
): Promise<Read<S>> =>
  again(async () => {
    const record = await read()
    await requireCurrent(open, await currentState(open), [record])
    return record
  })

/** As readCurrent(), for any number of records; while the vault is locked or can only be read, as they are stored. */
export async function allCurrent<S extends StoreName>(
  { opened }: Pick<ReadableVault, 'opened'>,
  read: () => Promise<Read<S>[]>,
): Promise<Read<S>[]> {
  if (!opened || opened.isReadOnly) return read()
  return again(async () => {
    const records = await read()
    await requireCurrent(opened, await currentState(opened), records)
    return records
  })
}

/** As findRecord() and readCurrent(): null if it is not here. */
export async function findCurrent<S extends StoreName>(
  vault: ReadableVault,
  store: S,
  id: string,
): Promise<Read<S> | null> {
  const read = async () => [await findRecord(vault, store, id)].filter((record) => record !== null)
  return (await allCurrent(vault, read))[0] ?? null
}

interface Summed {
  readonly sum: StoreSum
  readonly stamps: ReadonlyMap<string, Bytes>
}
/** A sum that is being read: a caller that asks for the same meanwhile waits for it. */
interface Summing {
  readonly of: StoreSum
  readonly found: Promise<Summed>
}
/** What is known of the stores of one open vault. */
interface Sums {
  readonly known: Map<StoreName, Summed>
  readonly running: Map<StoreName, Summing>
}
const sums = new WeakMap<VaultKeys, Sums>()

function sumsOf(keys: VaultKeys): Sums {
  const found = sums.get(keys) ?? { known: new Map(), running: new Map() }
  sums.set(keys, found)
  return found
}

async function requireStamps(
  open: OpenVault,
  state: State,
  store: StoreName,
  records: readonly Current[],
): Promise<void> {
  const stamps = await stampsOf(open, state, store)
  for (const record of records) {
    if (record.store !== store) continue
    const stamp = stamps.get(record.id)
    if (!stamp || !isEqual(stamp, record.stamp)) await refuse(open, state, record)
  }
}

/** Returns the stamps of all records of a store, whose sum is the head's. */
async function stampsOf(
  open: OpenVault,
  { head, stamp }: State,
  store: StoreName,
): Promise<ReadonlyMap<string, Bytes>> {
  const { known, running } = sumsOf(open.keys)
  const expected = sumOf(head, store)
  const before = known.get(store)
  if (before && isSameSum(before.sum, expected)) return before.stamps
  const asked = running.get(store)
  if (asked && isSameSum(asked.of, expected)) return (await asked.found).stamps
  const asking = { of: expected, found: summedAs(open, store, expected, before, stamp) }
  running.set(store, asking)
  try {
    const found = await asking.found
    known.set(store, found)
    return found.stamps
  } finally {
    if (running.get(store) === asking) running.delete(store)
  }
}

/** Sums what is stored, which must be this. Rejects as requireWhole(). */
async function summedAs(
  open: OpenVault,
  store: StoreName,
  expected: StoreSum,
  before: Summed | undefined,
  stamp: Uint8Array,
): Promise<Summed> {
  const grown = before && (await grownFrom(open, store, before, expected))
  if (grown) return grown
  const found = await weighed(open, store, () => requireSameHead(open, stamp))
  if (isSameSum(found.sum, expected)) return found
  await requireSameHead(open, stamp)
  throw new CodedError('store-changed', { store })
}

/** Adds what another tab has stored since, which is mostly all that has changed; null if it is not. */
async function grownFrom(
  { database, keys }: OpenVault,
  store: StoreName,
  before: Summed,
  expected: StoreSum,
): Promise<Summed | null> {
  const ids = (await database.getAllKeys(store)).map(String)
  const added = ids.filter((id) => !before.stamps.has(id))
  if (ids.length - added.length !== before.stamps.size || ids.length !== expected.count) return null
  // Read one by one: for most of the store, summing all of it is faster.
  if (added.length > before.stamps.size) return null
  const stamps = new Map(before.stamps)
  let { sum } = before.sum
  for (const id of added) {
    const stored: StoredRecord | undefined = await database.get(store, id)
    const weight = stored && (await weightOf(keys, store, stored))
    if (!weight) return null
    stamps.set(id, stored.mac)
    sum = plus(sum, weight)
  }
  const grown = { count: ids.length, sum }
  return isSameSum(grown, expected) ? { sum: grown, stamps } : null
}

/** Sums what is stored. Rejects with 'record-changed' for what was never stored here, if the head is still the same. */
async function weighed(open: OpenVault, store: StoreName, requireSame: () => Promise<void>): Promise<Summed> {
  const stamps = new Map<string, Bytes>()
  let sum = emptySum()
  const atOnce = store === 'lists' ? LISTS_AT_ONCE : BATCH
  let range: IDBKeyRange | null = null
  for (;;) {
    const stored: StoredRecord[] = await open.database.getAll(store, range, atOnce)
    const end = stored.at(-1)
    if (!end) return { sum, stamps }
    const weights = await Promise.all(stored.map((each) => weightOf(open.keys, store, each)))
    for (const [index, { id, mac }] of stored.entries()) {
      const weight = weights[index]
      if (!weight) {
        await requireSame()
        return changed(store, id)
      }
      stamps.set(id, mac)
      sum = { count: sum.count + 1, sum: plus(sum.sum, weight) }
    }
    range = IDBKeyRange.lowerBound(end.id, true)
  }
}

/** This tab has stored these records: what was summed before need not be read again. */
export function followWrites(
  { keys }: OpenVault,
  before: Head,
  after: Head,
  written: readonly { store: StoreName; stored: StoredRecord }[],
  removed: readonly { store: StoreName; id: string }[],
): void {
  const { known } = sumsOf(keys)
  for (const [store, { sum, stamps }] of known) {
    if (!isSameSum(sum, sumOf(before, store)) || isSameSum(sum, sumOf(after, store))) continue
    const next = new Map(stamps)
    for (const each of removed) if (each.store === store) next.delete(each.id)
    for (const each of written) if (each.store === store) next.set(each.stored.id, each.stored.mac)
    known.set(store, { sum: sumOf(after, store), stamps: next })
  }
}

async function requireEntry(
  open: OpenVault,
  state: State,
  catalogue: KnownCatalogue,
  record: Current,
): Promise<void> {
  const { id, segment } = record
  const entry = segment === undefined ? null : await entryIn(open, catalogue, segment, id)
  if (!entry) throw new CodedError('record-outdated', { store: 'catalogue', id })
  await requireIts(open, state, entry, record)
}

/** As the entry has it. Rejects as requireCurrent() if the record is an earlier one. */
export async function requireIts(
  open: OpenVault,
  state: State,
  { status, authorityId, ownAuthorityId }: CatalogueEntry,
  record: Current,
): Promise<void> {
  const value = record.value as Read<'certificates'>['value']
  const isIts =
    value.status === status && value.authorityId === authorityId && value.ownAuthorityId === ownAuthorityId
  if (!isIts) await refuse(open, state, record)
}

/** What was read is not of this state: it is an earlier record, or another tab has written it since. */
async function refuse(
  open: OpenVault,
  { stamp }: State,
  { store, id, stamp: read }: Current,
): Promise<never> {
  const stored = await open.database.get(store, id)
  if (!stored || !isEqual(stored.mac, read)) throw new CodedError('record-outdated', { store, id })
  await requireSameHead(open, stamp)
  return changed(store, id)
}

async function requireSameHead(open: OpenVault, stamp: Uint8Array): Promise<void> {
  if (!isEqual((await readHead(open)).stamp, stamp)) throw new CodedError('write-conflict', null)
}
