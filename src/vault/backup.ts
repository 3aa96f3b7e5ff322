/**
 * Everything in one encrypted file: the tables as they lie in the database, their seals and MACs with them.
 *
 *   "ROOTCELLAR BACKUP\n" · version (1 octet) · lock · frame · frame · …       each part after its length
 *
 * `lock` is a sealed key of the same make as the vault's, or the vault's own with all its passphrases; a key
 * derived from it seals the frames. Each frame is bound to its number and to whether it is the last.
 */
import { CodedError } from '../errors.ts'
import { open, random, seal, type Bytes } from '../webcrypto/seal.ts'
import { BACKUP_MAGIC } from './backup-magic.ts'
import { checkRecords, headSummary } from './check.ts'
import { transact } from './database.ts'
import { verifyChain } from './journal.ts'
import type { SlotSource } from './key-slots.ts'
import type { OpenVault } from './open-vault.ts'
import { joinLengths, pack, splitLengths, unpack, utf8 } from './pack.ts'
import { openRecord, readUnverified } from './records.ts'
import { TABLES, type Database, type Schema, type TableName } from './schema.ts'
import { STORES, type Head, type Header, type RecordProblem, type SealedKey } from './shapes.ts'
import { withLock } from './tabs.ts'
import { makeVaultKey, openVaultKey, type VaultKeys } from './vault-keys.ts'
import { hexOf } from '../x509/octets.ts'

const MAGIC = utf8(BACKUP_MAGIC)
/** 2: the head is sealed, and each frame names it. */
const VERSION = 2
const FRAME_RECORDS = 500

type Tables = { [T in TableName]: Schema[T]['value'][] }

/** In the open: what is needed to open the rest. */
interface Lock {
  /** The vault's id, or an id of this backup alone. */
  keyId: string
  ofVault: boolean
  sealed: SealedKey
}

export interface BackupContent {
  madeAt: number
  header: Header
  /** Names the state that is in it; null where the vault's head could not be read when the backup was made. */
  head: HeadSummary | null
  tables: Tables
  /** Keys of the vault in it, where the backup was opened by one of its passphrases. */
  keys: VaultKeys | null
}

export interface BackupSummary {
  madeAt: number
  vaultCreatedAt: number
  counts: Record<TableName, number>
  head: HeadSummary | null
  compared: 'same' | 'older' | 'newer' | 'other-vault' | null
  problems: RecordProblem[]
}

type HeadSummary = Awaited<ReturnType<typeof headSummary>>

/** A backup of one state of the vault. `own` null: any passphrase of the vault opens it. */
export async function makeBackup(
  vault: OpenVault,
  header: Header,
  own: Extract<SlotSource, { kind: 'passphrase' }> | null,
  madeAt: number,
): Promise<Bytes> {
  const { lock, key } = await lockFor(vault, header, own, madeAt)
  const tables = await withLock(vault.name, () => readTables(vault.database))
  const head = await headIn(vault.keys, tables)
  const frames = framesOf({ at: madeAt, head: head && (await headSummary(head)) }, tables)
  const sealed = await Promise.all(
    frames.map((frame, index) =>
      seal(key, pack(frame), frameContext(lock.keyId, index, index === frames.length - 1)),
    ),
  )
  const body = joinLengths([pack(lock), ...sealed])
  const file = new Uint8Array(MAGIC.length + 1 + body.length)
  file.set(MAGIC)
  file[MAGIC.length] = VERSION
  file.set(body, MAGIC.length + 1)
  return file
}

/** Opens a backup without touching what is here. Rejects with 'backup-*' or 'passphrase-wrong'. */
export async function openBackup(file: Uint8Array, passphrase: string): Promise<BackupContent> {
  const { lock, frames } = parseBackup(file)
  const keys = await openVaultKey(lock.keyId, lock.sealed, { kind: 'passphrase', passphrase })
  return { ...(await openFrames(keys.backup, lock, frames)), keys: lock.ofVault ? keys : null }
}

/** Reads back a backup that was just made, as proof that it opens: `passphrase` null with the vault's own keys. */
export async function readBackup(
  file: Uint8Array,
  keys: VaultKeys,
  passphrase: string | null,
): Promise<BackupContent> {
  if (passphrase !== null) return openBackup(file, passphrase)
  const { lock, frames } = parseBackup(file)
  return { ...(await openFrames(keys.backup, lock, frames)), keys }
}

async function openFrames(
  key: CryptoKey,
  lock: Lock,
  frames: readonly Bytes[],
): Promise<Omit<BackupContent, 'keys'>> {
  const tables = emptyTables()
  let madeAt = 0
  let named: HeadSummary | null = null
  for (const [index, frame] of frames.entries()) {
    const opened = await open(key, frame, frameContext(lock.keyId, index, index === frames.length - 1))
    if (!opened) throw new CodedError('backup-unreadable', { reason: 'changed' })
    const { table, records, at, head } = unpack(opened) as Frame
    madeAt = at
    named = head ?? named
    // Authenticated: the records are of the table's kind because a vault wrote them so.
    ;(tables[table] as unknown[]).push(...records)
  }
  return { header: headerOf(tables), head: named ?? (await plainHead(tables)), madeAt, tables }
}

/** What a backup holds, how it stands to the vault that is open, and whether every record in it is sound. */
export async function summarizeBackup(
  content: BackupContent,
  present: { open: OpenVault; head: Head | null } | null,
): Promise<BackupSummary> {
  const { madeAt, header, head, tables } = content
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
    problems: keys ? await problemsOf(keys, content) : [],
  }
}

/** Puts the backup in the place of all that is here, in one transaction; the vault is locked afterwards. */
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

interface Frame {
  at: number
  /** Left out in backups of version 1. */
  head?: HeadSummary | null
  table: TableName
  records: unknown[]
}

async function lockFor(
  vault: OpenVault,
  header: Header,
  own: SlotSource | null,
  at: number,
): Promise<{ lock: Lock; key: CryptoKey }> {
  if (!own || own.kind !== 'passphrase') {
    return { lock: { keyId: vault.vaultId, ofVault: true, sealed: header.sealed }, key: vault.keys.backup }
  }
  const keyId = hexOf(random(16))
  const sealed = await makeVaultKey(keyId, [own], at)
  const keys = await openVaultKey(keyId, sealed, { kind: 'passphrase', passphrase: own.passphrase })
  return { lock: { keyId, ofVault: false, sealed }, key: keys.backup }
}

/** One transaction: all tables of one moment. */
async function readTables(database: Database): Promise<Tables> {
  const read = await database.getTables(TABLES)
  return Object.fromEntries(TABLES.map((table, index) => [table, read[index]])) as unknown as Tables
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

function frameContext(keyId: string, index: number, isLast: boolean): Bytes {
  const place = `${String(index)}${isLast ? ' last' : ''}`
  return joinLengths([utf8('rootcellar backup 1'), utf8(keyId), utf8(place)])
}

function parseBackup(file: Uint8Array): { lock: Lock; frames: Bytes[] } {
  if (!MAGIC.every((octet, index) => file[index] === octet)) {
    throw new CodedError('backup-unreadable', { reason: 'not-a-backup' })
  }
  const found = file[MAGIC.length] ?? 0
  if (found > VERSION) throw new CodedError('backup-newer', { found, known: VERSION })
  const [packedLock, ...frames] = partsOf(file.subarray(MAGIC.length + 1))
  if (!packedLock) throw new CodedError('backup-unreadable', { reason: 'truncated' })
  return { lock: lockIn(packedLock), frames }
}

function partsOf(body: Uint8Array): Bytes[] {
  try {
    return splitLengths(body)
  } catch (error) {
    throw new CodedError('backup-unreadable', { reason: 'truncated' }, { cause: error })
  }
}

/** The lock is not authenticated before it opens: its form is checked field by field. */
function lockIn(packed: Bytes): Lock {
  const damaged = (cause?: unknown) => new CodedError('backup-unreadable', { reason: 'changed' }, { cause })
  let value: Partial<Lock> | null
  try {
    value = unpack(packed) as Partial<Lock> | null
  } catch (error) {
    throw damaged(error)
  }
  const { keyId, ofVault, sealed } = value ?? {}
  if (typeof keyId !== 'string' || typeof ofVault !== 'boolean' || !isSealedKey(sealed)) throw damaged()
  return { keyId, ofVault, sealed }
}

function isSealedKey(value: unknown): value is SealedKey {
  const { ciphertext, slots } = (value ?? {}) as { ciphertext?: unknown; slots?: unknown }
  return ciphertext instanceof Uint8Array && Array.isArray(slots) && slots.every(isSlot)
}

function isSlot(value: unknown): boolean {
  const { id, kind, wrapped, salt, iterations } = (value ?? {}) as Record<string, unknown>
  if (typeof id !== 'string' || !(wrapped instanceof Uint8Array)) return false
  return kind !== 'passphrase' || (salt instanceof Uint8Array && Number.isInteger(iterations))
}

function emptyTables(): Tables {
  return Object.fromEntries(TABLES.map((table) => [table, []])) as unknown as Tables
}

function headerOf({ meta }: Tables): Header {
  const header = meta.find((record): record is Header => 'vaultId' in record)
  if (!header) throw new CodedError('backup-unreadable', { reason: 'truncated' })
  return header
}

/** Of a vault of version 1 the head can be read without its key. */
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

async function problemsOf(keys: VaultKeys, { tables }: BackupContent): Promise<RecordProblem[]> {
  const head = await headIn(keys, tables)
  if (!head) return [{ store: 'meta', id: 'head', name: 'head', kind: 'head' }]
  const problems: RecordProblem[] = []
  for (const store of STORES) problems.push(...(await checkRecords(keys, store, head, [tables[store]])))
  problems.push(...(await verifyChain(keys, tables.journal, head.journal)).problems)
  return problems
}
