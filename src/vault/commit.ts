/**
 * Every write of the vault. Changes that belong together are one transaction, which also compares and replaces the
 * sealed head: two writers cannot both build on the same state. WebCrypto is awaited before the transaction opens,
 * because a transaction commits by itself while anything but the database is awaited.
 */
import { CodedError, isCodedError } from '../errors.ts'
import { isEqual, mac } from '../webcrypto/seal.ts'
import { CATALOGUE_HEAD, editedCatalogue, remarkedCatalogue, type CatalogueEdit } from './catalogue.ts'
import { markAfter, markOf, withClockNoted } from './clock.ts'
import { currentState, followWrites, requireCurrent, type Current, type State } from './current.ts'
import { storageError, transact, type Writing } from './database.ts'
import { isSameMark, isSameSum, readSettings, sealHead, sealSettings, sumMark } from './head.ts'
import { chainEntries, strayRows } from './journal.ts'
import { rememberHead, type OpenVault } from './open-vault.ts'
import { joinLengths } from './pack.ts'
import { comparing, nextSums, replacedBy } from './replaced.ts'
import type { Read } from './reading.ts'
import { isSame } from './requests.ts'
import { isSoundHeader } from './sound-header.ts'
import { changed, emptyHead, sealRecord, sumOf, type WeighedRecord } from './records.ts'
import { TABLES } from './schema.ts'
import type {
  Head,
  Header,
  JournalDraft,
  RecordValues,
  Settings,
  StoredRecord,
  StoreMark,
  StoreName,
  StoreSum,
  Visibility,
} from './shapes.ts'
import { withLock } from './tabs.ts'
import { headerMac, type VaultKeys } from './vault-keys.ts'
import { headerIn } from './while-locked.ts'
import { hexOf, utf8 } from '../octets.ts'

export type Write = {
  [S in StoreName]: {
    store: S
    id: string
    value: RecordValues[S]
    /** `add` refuses an existing id; `put` replaces. */
    mode: 'add' | 'put'
    parent?: string
    /** The serial number; unique below its parent. */
    serialNumber?: string
  }
}[StoreName]

export interface Change {
  writes?: readonly Write[]
  removals?: readonly { store: StoreName; id: string }[]
  /**
   * Records this change was computed from; the commit fails with 'record-outdated' if any has changed since it was
   * read.
   */
  basedOn?: readonly Pick<Read<StoreName>, 'store' | 'id' | 'stamp'>[]
  /**
   * Of these, the ones that must be those of the state this change is made on, and not of an earlier one that was put
   * back: see requireCurrent().
   */
  current?: readonly Current[]
  /** The mark of the certificates this change was computed from; 'record-outdated' if any was written since. */
  certificates?: StoreMark
  /** Sums of the lists this change was computed from; 'record-outdated' if one was stored since. */
  lists?: readonly StoreSum[]
  entries: readonly JournalDraft[]
  /** The same certificates as in `writes`, for the catalogue; if absent, the catalogue is rebuilt. */
  catalogue?: CatalogueEdit
  /** A new header and the one it was made from, which another tab may have changed since. */
  header?: { from: Header; next: Omit<Header, 'mac'> }
  /** The change to the stored settings; a function is passed their revision. `otherwise` is used if none are valid. */
  settings?: { change: Partial<Settings> | ((revision: number) => Partial<Settings>); otherwise: Settings }
  /** Upgrades a version 1 vault to version 2: its stored settings come under the head. */
  bringUp?: { settings: Uint8Array<ArrayBuffer> }
  /** `strict` for data that must survive a power cut as soon as it is reported; a batch may be `relaxed`. */
  durability: 'strict' | 'relaxed'
}

type Sealed = WeighedRecord & { store: StoreName; mode: Write['mode'] }
const ATTEMPTS = 5
/**
 * Attempts of one operation where the browser has no locks: of those competing for a record, one succeeds each time.
 */
const ACT_ATTEMPTS = 20

/** The result of this tab's last write; the next one builds on it without reading it back. */
interface Written extends State {
  /** Rows behind the journal's last entry, which this vault did not write. */
  readonly strays?: readonly number[]
}
const lastWritten = new WeakMap<OpenVault, Written>()

/** Another tab wrote: the next change starts by reading. */
export function forgetWritten(open: OpenVault): void {
  lastWritten.delete(open)
}

/**
 * Stores the whole change or none of it; resolves after the transaction is complete. Rejects with 'vault-read-only'.
 * `signal` aborts it.
 */
export async function commit(open: OpenVault, change: Change, signal?: AbortSignal): Promise<Head> {
  if (open.isReadOnly) throw new CodedError('vault-read-only', null)
  const sealed = await Promise.all((change.writes ?? []).map((write) => sealWrite(open, write)))
  for (let attempt = 1; ; attempt++) {
    try {
      return await withLock(open.name, () => commitOnce(open, change, sealed, signal), signal)
    } catch (error) {
      signal?.throwIfAborted()
      // The place of the next entry may be taken by a row that is none: the next attempt looks for such rows.
      const mayBeStray = lastWritten.has(open) && isCodedError(error, 'serial-taken')
      forgetWritten(open)
      const isAgain = mayBeStray || isCodedError(error, 'write-conflict')
      if (attempt === ATTEMPTS || !isAgain) throw storageError(error)
    }
  }
}

/**
 * Runs an operation that reads, works and commits, and repeats it from the read if another tab changed what it had
 * read. This is how two tabs incrementing the same counter end up with different values. After losing once, an
 * operation queues behind the others that lost, so that many succeed one after the other; a new one begins behind
 * them, so that a tab that signs without a pause cannot keep another from ever coming to its end.
 */
export async function onCurrentRecords<T>(act: () => Promise<T>): Promise<T> {
  await withLock('acts', () => Promise.resolve())
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

/** The first write of a new vault: header, settings, head and journal together. Refuses to replace an existing one. */
export async function commitFirst(
  open: OpenVault,
  header: Header,
  settings: Settings,
  entries: readonly JournalDraft[],
): Promise<void> {
  const { database, keys, visibility } = open
  const chained = await chainEntries(keys, visibility, emptyHead().journal, entries)
  const sealedSettings = await sealSettings(open, settings)
  const under = { header: header.mac, settings: sealedSettings.stored.mac }
  const mark = markAfter(0, entries)
  const head = { ...emptyHead(), revision: 1, journal: chained.last, mark, ...under }
  const sealedHead = await sealHead(open, head, await sumMark(keys, sumOf(head, 'certificates')))
  await transact(database, 'strict', (writing) => {
    writing.check('meta', 'vault', (found) => {
      if (found) throw new CodedError('vault-exists', null)
    })
    for (const table of [...TABLES, 'catalogue'] as const) writing.clear(table)
    writing.put('meta', header)
    writing.put('meta', { ...sealedHead.stored, id: 'head' })
    writing.put('meta', { ...sealedSettings.stored, id: 'settings' })
    for (const entry of chained.stored) writing.add('journal', entry)
  })
  rememberHead(open, head, sealedHead.stored.mac)
}

async function commitOnce(
  open: OpenVault,
  change: Change,
  sealed: readonly Sealed[],
  signal?: AbortSignal,
): Promise<Head> {
  const { keys, visibility } = open
  const state = lastWritten.get(open) ?? (await written(open))
  await checkState(open, state, change)
  const { head, mark, stamp, catalogue, strays = [] } = state
  const entries = withRowsNoted(head, strays, withClockNoted(head, change.entries))
  const chained = await chainEntries(keys, visibility, head.journal, entries)
  const header = change.header && (await changedHeader(open, head, change.header))
  const revision = head.revision + 1
  const replaced = await replacedBy(open, state, sealed, change.removals ?? [])
  const settings = change.settings && (await changedSettings(open, head, change.settings))
  const next: Head = {
    ...head,
    revision,
    stores: nextSums(head, sealed, replaced),
    journal: chained.last,
    mark: markAfter(markOf(head), entries),
    header: header?.mac ?? head.header,
    ...settingsUnder(change, settings),
  }
  const nextMark = await sumMarkAfter(open, { head, mark }, next)
  const nextHead = await sealHead(open, next, nextMark)
  // Entries are never removed from the catalogue: when a certificate is removed, the catalogue is rebuilt.
  const isRemoving = change.removals?.some(({ store }) => store === 'certificates') ?? false
  const edit = isRemoving ? undefined : change.catalogue
  const marks = { before: mark, after: nextMark }
  const isOf = comparing(open, state, replaced)
  const catalogued = await editedCatalogue(open, edit, catalogue, marks, isOf)
  const remarked = change.bringUp && (await remarkedCatalogue(open, sumOf(next, 'certificates'), nextMark))

  const write = (writing: Writing): void => {
    checkBasis(writing, change, stamp, catalogued?.before ?? null)
    for (const { store, mode, stored } of sealed) writing[mode](store, stored)
    for (const { store, id } of change.removals ?? []) writing.delete(store, id)
    for (const id of strays) writing.delete('journal', id)
    for (const entry of chained.stored) writing.add('journal', entry)
    for (const stored of catalogued?.records ?? []) writing.put('catalogue', stored)
    if (remarked) writing.put('catalogue', remarked)
    if (header) writing.put('meta', header)
    if (settings) writing.put('meta', { ...settings, id: 'settings' })
    writing.put('meta', { ...nextHead.stored, id: 'head' })
  }
  await transact(open.database, change.durability, write, signal).catch((error: unknown) => {
    throw asSerialTaken(error, sealed)
  })
  rememberHead(open, next, nextHead.stored.mac)
  followWrites(open, head, next, sealed, change.removals ?? [])
  lastWritten.set(open, {
    head: next,
    mark: nextMark,
    stamp: nextHead.stored.mac,
    catalogue: catalogued?.after ?? null,
  })
  return next
}

/** The transaction compares this state with what is stored, so that what holds for it holds then. */
async function checkState(
  open: OpenVault,
  state: State,
  { current, certificates, lists = [] }: Change,
): Promise<void> {
  if (certificates && !isSameMark(certificates, state.mark))
    throw new CodedError('record-outdated', { store: 'certificates', id: '' })
  if (lists.some((sum) => !isSameSum(sum, sumOf(state.head, 'lists'))))
    throw new CodedError('record-outdated', { store: 'lists', id: '' })
  if (current) await requireCurrent(open, state, current)
}

async function written(open: OpenVault): Promise<Written> {
  const state = await currentState(open)
  const strays = await strayRows(open.database, open.keys, state.head.journal)
  // Another tab wrote meanwhile.
  if (!strays) throw new CodedError('write-conflict', null)
  return { ...state, strays }
}

function withRowsNoted(
  head: Head,
  strays: readonly number[],
  entries: readonly JournalDraft[],
): readonly JournalDraft[] {
  if (strays.length === 0) return entries
  const { at, who } = entries[0] ?? { at: markOf(head), who: '' }
  const act = 'journal-rows-removed' as const
  return [{ at, who, act, subject: String(strays.length), recordId: null, remark: '' }, ...entries]
}

/** Rejects if the basis of the change is not the header that the head names. */
async function changedHeader(
  { keys }: OpenVault,
  head: Head,
  { from, next }: NonNullable<Change['header']>,
): Promise<Header> {
  if (!isEqual(from.mac, head.header)) throw new CodedError('record-outdated', { store: 'meta', id: 'vault' })
  if (!(await isSoundHeader(keys, from, head))) changed('meta', 'vault')
  return { ...next, mac: await headerMac(keys, next) }
}

/** Another tab may have changed some since; the settings under this head are the basis. */
async function changedSettings(
  open: OpenVault,
  head: Head,
  { change, otherwise }: NonNullable<Change['settings']>,
): Promise<StoredRecord> {
  const before = (await readSettings(open, head.settings)) ?? otherwise
  const changes = typeof change === 'function' ? change(head.revision + 1) : change
  return (await sealSettings(open, { ...before, ...changes })).stored
}

function settingsUnder({ bringUp }: Change, settings: StoredRecord | undefined): Pick<Head, 'settings'> {
  const stamp = settings?.mac ?? bringUp?.settings
  return stamp ? { settings: stamp } : {}
}

async function sumMarkAfter(
  { keys }: OpenVault,
  before: Pick<State, 'head' | 'mark'>,
  after: Head,
): Promise<StoreMark> {
  const sum = sumOf(after, 'certificates')
  return isSameSum(sumOf(before.head, 'certificates'), sum) ? before.mark : sumMark(keys, sum)
}

/**
 * Checks that the head, the catalogue and the records it was computed from are unchanged; otherwise nothing is stored.
 */
function checkBasis(
  writing: Writing,
  { basedOn = [], header }: Change,
  head: Uint8Array,
  catalogue: Uint8Array | null,
): void {
  writing.check('meta', 'head', (found) => {
    const isCurrent = found !== undefined && 'body' in found && isEqual(found.mac, head)
    if (!isCurrent) throw new CodedError('write-conflict', null)
  })
  if (catalogue)
    writing.check('catalogue', CATALOGUE_HEAD, (found) => {
      if (!found || !isEqual(found.mac, catalogue)) throw new CodedError('write-conflict', null)
    })
  if (header) checkHeader(writing, header.from)
  for (const { store, id, stamp } of basedOn)
    writing.check(store, id, (found) => {
      if (!found || !isEqual(found.mac, stamp)) throw new CodedError('record-outdated', { store, id })
    })
}

/** Compares the whole content: anyone can write another header with the same `mac` field. */
export function checkHeader(writing: Writing, header: Header): void {
  writing.check('meta', 'vault', (found) => {
    if (!isSame(headerIn(found), header))
      throw new CodedError('record-outdated', { store: 'meta', id: 'vault' })
  })
}

async function sealWrite({ keys, visibility }: OpenVault, write: Write): Promise<Sealed> {
  const { store, id, value, mode, parent, serialNumber } = write
  const unique =
    serialNumber === undefined ? {} : { unique: await serialTag(keys, visibility, parent, serialNumber) }
  const place = { store, id, ...(parent === undefined ? {} : { parent }), ...unique }
  return { store, mode, ...(await sealRecord(keys, visibility, place, value)) }
}

/** Returns a serial number as indexed: readable, or a MAC of it if names are sealed. */
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

function asSerialTaken(error: unknown, sealed: readonly Sealed[]): unknown {
  if (!(error instanceof DOMException) || error.name !== 'ConstraintError') return error
  const serialNumber = sealed.find(({ stored }) => stored.unique)?.stored.unique ?? ''
  return new CodedError('serial-taken', { serialNumber }, { cause: error })
}
