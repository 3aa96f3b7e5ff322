/**
 * A new secret for a vault, for use after someone has seen a passphrase: keys derived from the old one no longer open,
 * sign or authenticate anything in it. Everything is built in memory and replaces the old in one transaction, so that
 * an interruption leaves either the old or the new, complete.
 */
import { CodedError } from '../errors.ts'
import { isEqual } from '../webcrypto/seal.ts'
import { parseCertificate } from '../x509/certificate.ts'
import { serialOf } from '../x509/serial-number.ts'
import { markAfter, markOf, withClockNoted } from './clock.ts'
import { checkHeader, serialTag } from './commit.ts'
import { transact } from './database.ts'
import { readSettings, sealHead, sealSettings, sumMark } from './head.ts'
import { chainEntries, resealedEntry, verifyJournal } from './journal.ts'
import { openerOf, rewrapped } from './key-slots.ts'
import { readHead, rememberHead, type OpenVault } from './open-vault.ts'
import { versionFor } from './opening.ts'
import { changed, emptyHead, openRecord, plus, sealRecord, sumOf } from './records.ts'
import {
  STORES,
  type CertificateRecord,
  type Head,
  type Header,
  type JournalDraft,
  type KeyRecord,
  type Settings,
  type StoredEntry,
  type StoredRecord,
  type StoreName,
  type StoreSum,
} from './shapes.ts'
import type { KeptSource } from './slot-sources.ts'
import { withLock } from './tabs.ts'
import { headerMac, makeVaultKey, openVaultKey } from './vault-keys.ts'

export interface Rekeying {
  /** The header that names the slots to keep; another tab may have changed it since. */
  header: Header
  /** The settings to use if the stored ones are not valid. */
  settings: Settings
  /** Sources of the new slots; the first one opens the vault at once. */
  sources: readonly KeptSource[]
  entry: JournalDraft
  /** Throws if the vault was locked meanwhile: its keys are not used any longer. */
  requireOpen: () => void
}

export interface RekeyOptions {
  signal?: AbortSignal
  progress?: (done: number, total: number) => void
}

const BATCH = 200

/**
 * Returns the vault under its new secret. Rejects with 'record-changed' if something is not what was written, and
 * stores nothing.
 */
export async function rekey(
  open: OpenVault,
  { header, settings, sources, entry, requireOpen }: Rekeying,
  options: RekeyOptions = {},
): Promise<OpenVault> {
  if (open.isReadOnly) throw new CodedError('vault-read-only', null)
  const { vaultId, visibility } = open
  const sealed = await makeVaultKey(
    vaultId,
    sources.map(({ source }) => source),
    entry.at,
    visibility,
  )
  const [first] = sources
  if (!first) throw new CodedError('slot-last', null)
  const keys = await openVaultKey(vaultId, sealed, openerOf(first.opening))
  const next: OpenVault = { ...open, keys, slotId: null }
  const { createdAt } = header
  const unmarked = {
    id: 'vault',
    vaultId,
    version: versionFor(sealed),
    visibility,
    createdAt,
    sealed,
  } as const
  const newHeader = { ...unmarked, mac: await headerMac(keys, unmarked) }
  await withLock(open.name, () =>
    replaceAll(open, next, { from: header, header: newHeader, settings, entry, requireOpen }, options),
  )
  return next
}

async function replaceAll(
  before: OpenVault,
  after: OpenVault,
  { from, header, settings, entry, requireOpen }: Omit<Rekeying, 'sources'> & { from: Header },
  { signal, progress }: RekeyOptions,
): Promise<void> {
  const { head, stamp } = await readHead(before)
  if (!isEqual(from.mac, head.header)) throw new CodedError('record-outdated', { store: 'meta', id: 'vault' })
  const total = STORES.reduce((sum, store) => sum + sumOf(head, store).count, head.journal.sequence)
  let done = 0
  const advance = (count: number): void => {
    signal?.throwIfAborted()
    requireOpen()
    progress?.((done += count), total)
  }
  advance(0)
  const stores: Head['stores'] = {}
  const records: { store: StoreName; stored: StoredRecord }[] = []
  for (const store of STORES) {
    const resealed = await resealedStore(before, after, { store, head, at: entry.at }, advance)
    stores[store] = resealed.sum
    for (const stored of resealed.records) records.push({ store, stored })
  }
  const journal = await resealedJournal(before, after, head, advance)
  const entries = withClockNoted(head, [entry])
  const chained = await chainEntries(after.keys, after.visibility, head.journal, entries)
  const present = (await readSettings(before, head.settings)) ?? settings
  const newSettings = (await sealSettings(after, present)).stored
  const newHead: Head = {
    revision: head.revision + 1,
    stores,
    journal: chained.last,
    mark: markAfter(markOf(head), entries),
    header: header.mac,
    settings: newSettings.mac,
  }
  const newMark = await sumMark(after.keys, sumOf(newHead, 'certificates'))
  const sealedHead = (await sealHead(after, newHead, newMark)).stored
  signal?.throwIfAborted()
  requireOpen()
  await transact(before.database, 'strict', (writing) => {
    writing.check('meta', 'head', (found) => {
      const isSame = found !== undefined && 'body' in found && isEqual(found.mac, stamp)
      if (!isSame) throw new CodedError('write-conflict', null)
    })
    checkHeader(writing, from)
    // Remove everything that the old secret authenticated, counted or not.
    for (const table of [...STORES, 'journal', 'catalogue'] as const) writing.clear(table)
    for (const { store, stored } of records) writing.put(store, stored)
    for (const stored of [...journal, ...chained.stored]) writing.put('journal', stored)
    writing.put('meta', header)
    writing.put('meta', { ...newSettings, id: 'settings' })
    writing.put('meta', { ...sealedHead, id: 'head' })
  })
  rememberHead(after, newHead, sealedHead.mac)
}

interface Resealing {
  store: StoreName
  head: Head
  at: number
}

/** Reseals every record of a store under the new keys; a record that does not match the head is not resealed. */
async function resealedStore(
  before: OpenVault,
  after: OpenVault,
  { store, head, at }: Resealing,
  advance: (count: number) => void,
): Promise<{ records: StoredRecord[]; sum: StoreSum }> {
  const records: StoredRecord[] = []
  const empty = sumOf(emptyHead(), store)
  let [oldSum, newSum] = [empty.sum, empty.sum]
  let range: IDBKeyRange | null = null
  for (;;) {
    const batch: StoredRecord[] = await before.database.getAll(store, range, BATCH)
    const end = batch.at(-1)
    if (!end) break
    for (const made of await Promise.all(batch.map((stored) => resealed(before, after, store, stored, at)))) {
      oldSum = plus(oldSum, made.oldWeight)
      newSum = plus(newSum, made.weight)
      records.push(made.stored)
    }
    advance(batch.length)
    range = IDBKeyRange.lowerBound(end.id, true)
  }
  const expected = sumOf(head, store)
  if (records.length !== expected.count || !isEqual(oldSum, expected.sum)) changed(store, '')
  return { records, sum: { count: records.length, sum: newSum } }
}

async function resealed(
  before: OpenVault,
  { keys, visibility }: OpenVault,
  store: StoreName,
  stored: StoredRecord,
  at: number,
) {
  const { id, parent, unique } = stored
  const opened = (await openRecord(before.keys, store, stored)) ?? changed(store, id)
  const value =
    store === 'keys' || store === 'endEntityKeys'
      ? await keyAgain(opened.value as KeyRecord, id, before, keys.wrapping, at)
      : opened.value
  const serial =
    unique === undefined
      ? {}
      : { unique: await serialTag(keys, visibility, parent, serialIn(opened.value as CertificateRecord)) }
  const place = { store, id, ...(parent === undefined ? {} : { parent }), ...serial }
  return {
    ...(await sealRecord(keys, visibility, place, value)),
    oldWeight: opened.weight,
  }
}

const serialIn = ({ der }: CertificateRecord): string => serialOf(parseCertificate(der))

/** A key with a passphrase of its own has no vault slot and stays as it is. */
async function keyAgain(
  record: KeyRecord,
  recordId: string,
  { keys }: OpenVault,
  to: CryptoKey,
  at: number,
): Promise<KeyRecord> {
  const { spki, sealed } = record
  return { ...record, sealed: await rewrapped(sealed, { recordId, spki }, { from: keys.wrapping, to }, at) }
}

async function resealedJournal(
  before: OpenVault,
  { keys, visibility }: OpenVault,
  { journal }: Head,
  advance: (count: number) => void,
): Promise<StoredEntry[]> {
  const texts: string[] = []
  const { problems } = await verifyJournal(before.database, before.keys, journal, (_entry, text) =>
    texts.push(text),
  )
  const [problem] = problems
  if (problem) changed(problem.store, problem.id)
  const entries: StoredEntry[] = []
  for (let from = 0; from < texts.length; from += BATCH) {
    const batch = texts.slice(from, from + BATCH)
    entries.push(
      ...(await Promise.all(
        batch.map((text, index) => resealedEntry(keys, visibility, from + index + 1, text)),
      )),
    )
    advance(batch.length)
  }
  return entries
}
