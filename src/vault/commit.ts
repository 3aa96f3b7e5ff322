/**
 * Every write of the vault. What belongs together is one transaction, which also compares and replaces the
 * sealed head: two writers cannot both build on the same state. WebCrypto is awaited before it opens, because
 * a transaction commits by itself while one waits for anything but the database.
 */
import { CodedError, isCodedError } from '../errors.ts'
import { isEqual, mac } from '../webcrypto/seal.ts'
import { editedCatalogue, type CatalogueEdit } from './catalogue.ts'
import { storageError, TABLES, transact, type Database } from './database.ts'
import { chainEntries } from './journal.ts'
import { joinLengths, utf8 } from './pack.ts'
import type { Read } from './reading.ts'
import {
  changed,
  emptyHead,
  minus,
  openRecord,
  plus,
  sealRecord,
  sumOf,
  type WeighedRecord,
} from './records.ts'
import type { Head, Header, JournalDraft, RecordValues, Settings, StoreName, Visibility } from './shapes.ts'
import { withLock } from './tabs.ts'
import { headerMac, type VaultKeys } from './vault-keys.ts'
import { hexOf } from '../x509/octets.ts'

/** An open vault: all that reading and writing needs. Dropped whole on lock. */
export interface OpenVault {
  name: string
  vaultId: string
  visibility: Visibility
  database: Database
  keys: VaultKeys
}

export type Write = {
  [S in StoreName]: {
    store: S
    id: string
    value: RecordValues[S]
    /** `add` refuses an id that is there; `put` replaces. */
    mode: 'add' | 'put'
    parent?: string
    /** Serial number; it occurs once below its parent. */
    serialNumber?: string
  }
}[StoreName]

export interface Change {
  writes?: readonly Write[]
  removals?: readonly { store: StoreName; id: string }[]
  /** Records it was made from; nothing is stored unless they still lie there as they were read ('record-outdated'). */
  basedOn?: readonly Pick<Read<StoreName>, 'store' | 'id' | 'stamp'>[]
  entries: readonly JournalDraft[]
  /** The same certificates as `writes` has, for the catalogue; without it the catalogue is made anew. */
  catalogue?: CatalogueEdit
  /** New slots. */
  header?: Omit<Header, 'mac'>
  /** What must survive a power cut as soon as it is reported; a batch may be `relaxed`. */
  durability: 'strict' | 'relaxed'
}

type Sealed = WeighedRecord & { store: StoreName; mode: Write['mode'] }
const ATTEMPTS = 5
/** Of an act, where the browser has no locks: each time one of those that want the same record gets through. */
const ACT_ATTEMPTS = 20

/** Stores the whole change or nothing of it; resolves after the transaction is complete. */
export async function commit(open: OpenVault, change: Change): Promise<Head> {
  const sealed = await Promise.all((change.writes ?? []).map((write) => sealWrite(open, write)))
  for (let attempt = 1; ; attempt++) {
    try {
      return await withLock(open.name, () => commitOnce(open, change, sealed))
    } catch (error) {
      if (attempt === ATTEMPTS || !isCodedError(error, 'write-conflict')) throw storageError(error)
    }
  }
}

/**
 * Runs an act that reads, works and commits; again from its reading on where somebody else changed meanwhile what it
 * had read. Two tabs that count one number on from the same record so end with two numbers. Whoever lost once waits for
 * the others that did, so that many get through one after the other.
 */
export async function onCurrentRecords<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (!isCodedError(error, 'record-outdated')) throw error
  }
  return withLock('acts', () => againAndAgain(act))
}

async function againAndAgain<T>(act: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act()
    } catch (error) {
      if (attempt === ACT_ATTEMPTS || !isCodedError(error, 'record-outdated')) throw error
    }
  }
}

/** The head as sealed with the last write; a vault without one was never written. */
export async function readHead({ database, keys }: OpenVault): Promise<{ head: Head; stamp: Uint8Array }> {
  const stored = await database.get('meta', 'head')
  if (!stored || !('body' in stored)) return changed('meta', 'head')
  const opened = await openRecord(keys, 'head', stored)
  return opened ? { head: opened.value, stamp: stored.mac } : changed('meta', 'head')
}

/** The first write of a new vault: header, settings, head and journal together. Refuses to replace one. */
export async function commitFirst(
  open: OpenVault,
  header: Header,
  settings: Settings,
  entries: readonly JournalDraft[],
): Promise<void> {
  const { database, keys, visibility } = open
  const chained = await chainEntries(keys, visibility, emptyHead().journal, entries)
  const head = { ...emptyHead(), revision: 1, journal: chained.last, header: header.mac }
  const [sealedHead, sealedSettings] = await Promise.all([sealHead(open, head), sealSettings(open, settings)])
  await transact(database, 'strict', async (transaction, queue) => {
    const meta = transaction.objectStore('meta')
    if (await meta.get('vault')) throw new CodedError('vault-exists', null)
    for (const table of [...TABLES, 'catalogue'] as const) queue(transaction.objectStore(table).clear())
    queue(meta.put(header))
    queue(meta.put({ ...sealedHead.stored, id: 'head' }))
    queue(meta.put({ ...sealedSettings.stored, id: 'settings' }))
    for (const entry of chained.stored) queue(transaction.objectStore('journal').add(entry))
  })
}

export function sealSettings({ keys, visibility }: OpenVault, settings: Settings): Promise<WeighedRecord> {
  return sealRecord(keys, visibility, { store: 'settings', id: 'settings' }, settings)
}

export function sealHead({ keys }: OpenVault, head: Head): Promise<WeighedRecord> {
  return sealRecord(keys, 'public', { store: 'head', id: 'head' }, head)
}

async function commitOnce(open: OpenVault, change: Change, sealed: readonly Sealed[]): Promise<Head> {
  const { database, keys, visibility } = open
  const { head, stamp } = await readHead(open)
  const chained = await chainEntries(keys, visibility, head.journal, change.entries)
  const header = change.header && { ...change.header, mac: await headerMac(keys, change.header) }
  const next: Head = {
    revision: head.revision + 1,
    stores: await nextSums(open, head, sealed, change.removals ?? []),
    journal: chained.last,
    header: header?.mac ?? head.header,
  }
  const nextHead = await sealHead(open, next)
  // Entries are never taken out: without one the catalogue is made anew.
  const isRemoving = change.removals?.some(({ store }) => store === 'certificates') ?? false
  const catalogued = await editedCatalogue(open, isRemoving ? undefined : change.catalogue, {
    before: sumOf(head, 'certificates'),
    after: sumOf(next, 'certificates'),
  })

  const storing = transact(database, change.durability, async (transaction, queue) => {
    const meta = transaction.objectStore('meta')
    const current = await meta.get('head')
    const isSame = current !== undefined && 'body' in current && isEqual(current.mac, stamp)
    if (!isSame) throw new CodedError('write-conflict', null)
    for (const { store, id, stamp } of change.basedOn ?? []) {
      const lying = await transaction.objectStore(store).get(id)
      if (!lying || !isEqual(lying.mac, stamp)) throw new CodedError('record-outdated', { store, id })
    }
    for (const { store, mode, stored } of sealed) queue(transaction.objectStore(store)[mode](stored))
    for (const { store, id } of change.removals ?? []) queue(transaction.objectStore(store).delete(id))
    for (const entry of chained.stored) queue(transaction.objectStore('journal').add(entry))
    for (const stored of catalogued) queue(transaction.objectStore('catalogue').put(stored))
    if (header) queue(meta.put(header))
    queue(meta.put({ ...nextHead.stored, id: 'head' }))
  })
  await storing.catch((error: unknown) => {
    throw asSerialTaken(error, sealed)
  })
  return next
}

async function sealWrite({ keys, visibility }: OpenVault, write: Write): Promise<Sealed> {
  const { store, id, value, mode, parent, serialNumber } = write
  const unique =
    serialNumber === undefined ? {} : { unique: await serialTag(keys, visibility, parent, serialNumber) }
  const place = { store, id, ...(parent === undefined ? {} : { parent }), ...unique }
  return { store, mode, ...(await sealRecord(keys, visibility, place, value)) }
}

/** A serial number as indexed: readable, or where names are sealed a MAC of it. */
export async function serialTag(
  keys: VaultKeys,
  visibility: Visibility,
  parent: string | undefined,
  serialNumber: string,
): Promise<string> {
  if (visibility === 'public') return serialNumber
  const code = await mac(keys.serials, joinLengths([utf8(parent ?? ''), utf8(serialNumber)]))
  return hexOf(code.subarray(0, 16))
}

async function nextSums(
  open: OpenVault,
  head: Head,
  sealed: readonly Sealed[],
  removals: readonly { store: StoreName; id: string }[],
): Promise<Head['stores']> {
  const stores: Head['stores'] = { ...head.stores }
  const replaced = sealed
    .filter(({ mode }) => mode === 'put')
    .map(({ store, stored: { id } }) => ({ store, id }))
  const gone = [...replaced, ...removals]
  const weights = await Promise.all(gone.map(({ store, id }) => storedWeight(open, store, id)))
  for (const [index, { store }] of gone.entries()) {
    const weight = weights[index]
    if (!weight) continue
    const { count, sum } = sumOf({ stores }, store)
    stores[store] = { count: count - 1, sum: minus(sum, weight) }
  }
  for (const { store, weight } of sealed) {
    const { count, sum } = sumOf({ stores }, store)
    stores[store] = { count: count + 1, sum: plus(sum, weight) }
  }
  return stores
}

async function storedWeight({ database, keys }: OpenVault, store: StoreName, id: string) {
  const stored = await database.get(store, id)
  if (!stored) return null
  return (await openRecord(keys, store, stored))?.weight ?? changed(store, id)
}

function asSerialTaken(error: unknown, sealed: readonly Sealed[]): unknown {
  if (!(error instanceof DOMException) || error.name !== 'ConstraintError') return error
  const serialNumber = sealed.find(({ stored }) => stored.unique)?.stored.unique ?? ''
  return new CodedError('serial-taken', { serialNumber }, { cause: error })
}
