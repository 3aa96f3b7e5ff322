/**
 * Everything in one encrypted file: the tables as stored in the database, with their seals and MACs.
 *
 *   "ROOTCELLAR BACKUP\n" · version (1 octet) · lock · frame · frame · …       each part after its length
 *
 * `lock` is a sealed key of the same format as the vault's, or the vault's own with all its passphrases; a key derived
 * from it seals the frames. Each frame is bound to the backup, to its number and to whether it is the last. The last
 * frame holds no records, only the MAC of the others under a key of the vault, for anyone who has the vault's keys.
 */
import { CodedError } from '../errors.ts'
import { isEqual, mac, random, seal, sha256, type Bytes } from '../webcrypto/seal.ts'
import { BACKUP_MAGIC } from './backup-magic.ts'
import {
  emptyTables,
  frameIn,
  lockIn,
  soundTables,
  type Frame,
  type Lock,
  type Tables,
} from './backup-form.ts'
import { checkRecords, headSummary } from './check.ts'
import { transact } from './database.ts'
import { verifyChain } from './journal.ts'
import { openerOf, type Opening, type SlotSource } from './key-slots.ts'
import type { OpenVault } from './open-vault.ts'
import { HEADER_VERSION } from './opening.ts'
import { joinLengths, pack, splitLengths } from './pack.ts'
import { changed, openRecord, readUnverified } from './records.ts'
import { TABLES, type Database, type TableName } from './schema.ts'
import { STORES, type Head, type Header, type HeadSummary, type RecordProblem, type Slot } from './shapes.ts'
import { isSoundHeader, soundHeader } from './sound-header.ts'
import { withLock } from './tabs.ts'
import { makeVaultKey, openVaultKey, type VaultKeys } from './vault-keys.ts'
import { headerIn } from './while-locked.ts'
import { hexOf, utf8 } from '../octets.ts'

const MAGIC = utf8(BACKUP_MAGIC)
/** 2: the head is sealed, and each frame names it. 3: frames are bound to their backup, and the last has a manifest. */
export const VERSION = 3
const FRAME_RECORDS = 500

export interface BackupContent {
  madeAt: number
  header: Header
  /** Names the state in the backup; null if the vault's head could not be read when the backup was made. */
  head: HeadSummary | null
  tables: Tables
  /** Keys of the vault in the backup, if it was opened with one of the vault's passphrases. */
  keys: VaultKeys | null
  /** Items that are not well-formed records and were left out. */
  leftOut: RecordProblem[]
  /** The manifest's MAC and the input it must match; null in backups of version 1. */
  manifest: { stamp: Bytes; of: Bytes } | null
}

export interface BackupSummary {
  madeAt: number
  vaultCreatedAt: number
  counts: Record<TableName, number>
  head: HeadSummary | null
  compared: 'same' | 'older' | 'newer' | 'other-vault' | null
  problems: RecordProblem[]
  /** Whether the vault's keys were available, so that each record could be checked. */
  recordsChecked: boolean
}

/**
 * Makes a backup of one state of the vault. `own` null: any passphrase of the vault opens it. `enter` is awaited once
 * an own lock is made and before anything is read. Rejects with 'record-changed' if the header is not what was written;
 * of a read-only vault there are backups all the same, and the vault's own passphrase for them is the one that opened
 * it.
 */
export async function makeBackup(
  vault: OpenVault,
  own: Extract<SlotSource, { kind: 'passphrase' }> | null,
  madeAt: number,
  enter: () => Promise<void> = () => Promise.resolve(),
): Promise<Bytes> {
  if (!vault.isReadOnly) await soundHeader(vault)
  const ownLock = own && (await lockOf(own, madeAt))
  await enter()
  const tables = await withLock(vault.name, () => readTables(vault))
  const { lock, key } = ownLock ?? lockOfVault(vault, headerOf(tables))
  const head = await headIn(vault.keys, tables)
  const said = { at: madeAt, head: head && (await headSummary(head)) }
  const frames = framesOf(said, tables).map((frame) => pack(frame))
  const stamp = await mac(vault.keys.records, await manifestOf(lock, frames))
  frames.push(pack({ ...said, table: 'meta', records: [], manifest: stamp } satisfies Frame))
  const sealed = await Promise.all(
    frames.map((frame, index) => seal(key, frame, frameContext(lock, index, index === frames.length - 1))),
  )
  const body = joinLengths([pack(lock), ...sealed])
  const file = new Uint8Array(MAGIC.length + 1 + body.length)
  file.set(MAGIC)
  file[MAGIC.length] = VERSION
  file.set(body, MAGIC.length + 1)
  return file
}

/** Opens a backup without changing what is stored. Rejects with 'backup-*' or 'passphrase-wrong'. */
export async function openBackup(
  file: Uint8Array,
  opening: Opening,
  signal?: AbortSignal,
): Promise<BackupContent> {
  const { lock, frames } = parseBackup(file)
  const keys = await openVaultKey(lock.keyId, lock.sealed, openerOf(opening, signal))
  return { ...(await openFrames(keys.backup, lock, frames, signal)), keys: lock.ofVault ? keys : null }
}

/** Reads back a backup that was just made, to prove that it opens. `passphrase` null: with the vault's own keys. */
export async function readBackup(
  file: Uint8Array,
  keys: VaultKeys,
  passphrase: string | null,
): Promise<BackupContent> {
  if (passphrase !== null) return openBackup(file, passphrase)
  const { lock, frames } = parseBackup(file)
  return { ...(await openFrames(keys.backup, lock, frames)), keys }
}

/** The slots in the front of a backup, which are not authenticated until one opens it. Throws 'backup-*'. */
export function slotsOfBackup(front: Uint8Array): readonly Slot[] {
  const from = versionIn(front)
  const length = new DataView(front.buffer, front.byteOffset).getUint32(from)
  const packed = front.slice(from + 4, from + 4 + length)
  if (packed.length < length) throw new CodedError('backup-unreadable', { reason: 'truncated' })
  return lockIn(packed).sealed.slots
}

async function openFrames(
  key: CryptoKey,
  lock: Lock,
  frames: readonly Bytes[],
  signal?: AbortSignal,
): Promise<Omit<BackupContent, 'keys'>> {
  const found: Record<TableName, unknown[]> = emptyTables()
  const read: Bytes[] = []
  let madeAt = 0
  let named: HeadSummary | null = null
  let stamp: Bytes = new Uint8Array(0)
  for (const [index, sealed] of frames.entries()) {
    signal?.throwIfAborted()
    const isLast = index === frames.length - 1
    const { frame, plain } = await frameIn(key, sealed, frameContext(lock, index, isLast))
    madeAt = frame.at
    named = frame.head ?? named
    for (const record of frame.records) found[frame.table].push(record)
    if (isLast && frame.manifest) stamp = frame.manifest
    else if (lock.backupId !== undefined) read.push(plain)
  }
  const { tables, problems } = soundTables(found)
  const manifest = lock.backupId === undefined ? null : { stamp, of: await manifestOf(lock, read) }
  const head = named ?? (await plainHead(tables))
  const header = headerOf(tables)
  if (header.version > HEADER_VERSION)
    throw new CodedError('backup-newer', { found: header.version, known: HEADER_VERSION })
  return { header, head, madeAt, tables, leftOut: problems, manifest }
}

/** Returns what a backup holds, how it relates to the open vault, and whether every record in it is sound. */
export async function summarizeBackup(
  content: BackupContent,
  present: { open: OpenVault; head: Head | null } | null,
): Promise<BackupSummary> {
  const { madeAt, header, head, tables, leftOut } = content
  const isSameVault = present?.open.vaultId === header.vaultId
  const keys = content.keys ?? (isSameVault ? present.open.keys : null)
  const counts = Object.fromEntries(TABLES.map((table) => [table, tables[table].length])) as Record<
    TableName,
    number
  >
  return {
    madeAt,
    vaultCreatedAt: header.createdAt,
    counts,
    head,
    compared: present && (isSameVault ? compared(head, present.head) : 'other-vault'),
    problems: [...leftOut, ...(keys ? await problemsOf(keys, content) : [])],
    recordsChecked: keys !== null,
  }
}

/** Replaces everything stored with the backup, in one transaction; the vault is locked afterwards. */
export async function restoreBackup(
  database: Database,
  { tables }: BackupContent,
  { replace, at, who, remark }: { replace: boolean; at: number; who: string; remark: string },
): Promise<void> {
  await transact(database, 'strict', (writing) => {
    writing.check('meta', 'vault', (found) => {
      if (found && !replace) throw new CodedError('vault-exists', null)
    })
    for (const table of TABLES) {
      writing.clear(table)
      for (const record of tables[table]) writing.put(table, record)
    }
    writing.clear('catalogue')
    writing.put('meta', { id: 'refusals', count: 0, last: [], restored: { at, who, remark } })
  })
}

function lockOfVault({ vaultId, keys }: OpenVault, { sealed }: Header): { lock: Lock; key: CryptoKey } {
  return { lock: { keyId: vaultId, ofVault: true, sealed, backupId: hexOf(random(16)) }, key: keys.backup }
}

async function lockOf(
  own: Extract<SlotSource, { kind: 'passphrase' }>,
  at: number,
): Promise<{ lock: Lock; key: CryptoKey }> {
  const keyId = hexOf(random(16))
  const sealed = await makeVaultKey(keyId, [own], at)
  const keys = await openVaultKey(keyId, sealed, { kind: 'passphrase', passphrase: own.passphrase })
  return { lock: { keyId, ofVault: false, sealed, backupId: hexOf(random(16)) }, key: keys.backup }
}

/** Reads in one transaction, so that all tables are from the same moment. */
async function readTables(vault: OpenVault): Promise<Tables> {
  const read = await vault.database.getTables(TABLES)
  const found = Object.fromEntries(TABLES.map((table, index) => [table, read[index]!])) as unknown as Tables
  const header = await headerForBackup(vault, found)
  const meta = found.meta.map((record) => (record.id === 'vault' ? header : record))
  // Foreign items among the records must not prevent a backup.
  return soundTables({ ...found, meta }).tables
}

/** Slots may have been added to a header that is not what was written: only the one that opened the vault is kept. */
async function headerForBackup({ keys, isReadOnly, slotId }: OpenVault, tables: Tables): Promise<Header> {
  const header = headerIn(tables.meta.find(({ id }) => id === 'vault')) ?? changed('meta', 'vault')
  const head = await headIn(keys, tables)
  if (head && (await isSoundHeader(keys, header, head))) return header
  if (!isReadOnly) changed('meta', 'vault')
  const slots = header.sealed.slots.filter(({ id }) => id === slotId)
  return { ...header, sealed: { ...header.sealed, slots } }
}

function framesOf(of: Pick<Frame, 'at' | 'head'>, tables: Tables): Frame[] {
  const frames: Frame[] = []
  for (const table of TABLES) {
    const all = tables[table]
    for (let from = 0; from < all.length; from += FRAME_RECORDS) {
      frames.push({ ...of, table, records: all.slice(from, from + FRAME_RECORDS) })
    }
  }
  return frames
}

function frameContext({ keyId, backupId }: Lock, index: number, isLast: boolean): Bytes {
  const place = utf8(`${String(index)}${isLast ? ' last' : ''}`)
  if (backupId === undefined) return joinLengths([utf8('rootcellar backup 1'), utf8(keyId), place])
  return joinLengths([utf8('rootcellar backup 3'), utf8(keyId), utf8(backupId), place])
}

/** Returns the input of the manifest's MAC: this backup and each of its frames in order. */
async function manifestOf({ backupId = '' }: Lock, frames: readonly Bytes[]): Promise<Bytes> {
  const hashes = await Promise.all(frames.map((frame) => sha256(frame)))
  return joinLengths([utf8('rootcellar backup manifest 3'), utf8(backupId), ...hashes])
}

/** Returns the offset behind the version. Throws 'backup-unreadable' and 'backup-newer'. */
function versionIn(file: Uint8Array): number {
  if (!MAGIC.every((octet, index) => file[index] === octet)) {
    throw new CodedError('backup-unreadable', { reason: 'not-a-backup' })
  }
  const found = file[MAGIC.length] ?? 0
  if (found > VERSION) throw new CodedError('backup-newer', { found, known: VERSION })
  if (file.length < MAGIC.length + 5) throw new CodedError('backup-unreadable', { reason: 'truncated' })
  return MAGIC.length + 1
}

function parseBackup(file: Uint8Array): { lock: Lock; frames: Bytes[] } {
  const from = versionIn(file)
  const found = file[from - 1]!
  const [packedLock, ...frames] = partsOf(file.subarray(from))
  if (!packedLock) throw new CodedError('backup-unreadable', { reason: 'truncated' })
  const lock = lockIn(packedLock)
  // An id and its version go together, so that removing either cannot weaken what the frames are bound to.
  if (found >= VERSION !== (lock.backupId !== undefined))
    throw new CodedError('backup-unreadable', { reason: 'changed' })
  return { lock, frames }
}

function partsOf(body: Uint8Array): Bytes[] {
  try {
    return splitLengths(body)
  } catch (error) {
    throw new CodedError('backup-unreadable', { reason: 'truncated' }, { cause: error })
  }
}

function headerOf({ meta }: Tables): Header {
  const header = meta.find((record): record is Header => 'vaultId' in record)
  if (!header) throw new CodedError('backup-unreadable', { reason: 'truncated' })
  return header
}

/** The head of a version 1 vault can be read without its key. */
async function plainHead({ meta }: Tables): Promise<HeadSummary | null> {
  const stored = meta.find(({ id }) => id === 'head')
  const head = stored && 'body' in stored ? readUnverified('head', stored) : null
  return head && headSummary(head)
}

async function headIn(keys: VaultKeys, { meta }: Tables): Promise<Head | null> {
  const stored = meta.find(({ id }) => id === 'head')
  const opened = stored && 'body' in stored && (await openRecord(keys, 'head', stored))
  return opened ? opened.value : null
}

function compared(there: HeadSummary | null, here: Head | null): BackupSummary['compared'] {
  if (!there || !here) return null
  if (there.revision === here.revision) return 'same'
  return there.revision < here.revision ? 'older' : 'newer'
}

async function problemsOf(
  keys: VaultKeys,
  { header, tables, manifest }: BackupContent,
): Promise<RecordProblem[]> {
  const problems: RecordProblem[] = []
  if (manifest && !isEqual(await mac(keys.records, manifest.of), manifest.stamp))
    problems.push({ store: 'backup', id: 'manifest', name: 'manifest', kind: 'changed' })
  const head = await headIn(keys, tables)
  if (!head) return [...problems, { store: 'meta', id: 'head', name: 'head', kind: 'head' }]
  if (!(await isSoundHeader(keys, header, head)))
    problems.push({ store: 'meta', id: 'vault', name: 'vault', kind: 'changed' })
  for (const store of STORES) problems.push(...(await checkRecords(keys, store, head, [tables[store]])))
  problems.push(...(await verifyChain(keys, tables.journal, head.journal)).problems)
  return problems
}
